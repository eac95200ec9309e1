import { browser } from 'wxt/browser';

interface FrameSelection {
  text: string;
  /** Whether the page's focus is in this frame, not in one around it or inside it. */
  focused: boolean;
}

/**
 * The text that is selected in a tab, in its fields and frames too; empty where there is none, `undefined` where the
 * browser lets no extension read the page, or the frame of it that has the focus. Needs `activeTab`, so it works after
 * a key of ours was pressed there.
 */
export async function readSelectedText(tabId: number | undefined): Promise<string | undefined> {
  if (tabId === undefined) return undefined;
  try {
    const frames = await browser.scripting.executeScript({
      target: { tabId, allFrames: true },
      func: selectionOfThisFrame,
      // Else a frame that never ends loading would be waited for.
      injectImmediately: true,
    });
    return chooseText(frames.map(({ result }) => result as FrameSelection | undefined));
  } catch {
    return undefined;
  }
}

/**
 * What is selected where the focus is; else all there is, so that what is meant is never guessed. `undefined` where the
 * focus is in none of these frames: what is selected there can't be read, and elsewhere it may be an old selection.
 */
export function chooseText(frames: readonly (FrameSelection | undefined | null)[]): string | undefined {
  const read = frames.filter((frame) => frame != null);
  if (!read.some(({ focused }) => focused)) return undefined;
  const selected = read.filter(({ text }) => text.trim() !== '');
  return selected.find(({ focused }) => focused)?.text ?? selected.map(({ text }) => text).join('\n');
}

/** Runs in each frame of the page, on its own: it may use nothing from around it. */
export function selectionOfThisFrame(): FrameSelection {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  // Chromium shows a PDF inside a frame of ours, which knows nothing of what is selected there.
  let focused =
    document.contentType !== 'application/pdf' && !/^(i?frame|embed|object)$/i.test(active?.tagName ?? '');
  try {
    for (let frame: Window = window; focused && frame !== frame.parent; frame = frame.parent) {
      const element = frame.frameElement as Element;
      focused = (element.getRootNode() as Document).activeElement === element;
    }
  } catch {
    // A frame of another site knows nothing of what is around it, and has no element.
    focused &&= document.hasFocus();
  }
  let text = '';
  if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) {
    if (active.type === 'password') return { text, focused };
    const { value, selectionStart, selectionEnd } = active;
    text = value.slice(selectionStart ?? 0, selectionEnd ?? 0);
  }
  return { text: text || String(getSelection() ?? ''), focused };
}
