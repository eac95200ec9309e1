import { browser } from 'wxt/browser';

/** A selected text with the rest of the words that it begins and ends in; both are empty if it holds whole words. */
export interface SelectedText {
  text: string;
  before: string;
  after: string;
}

interface FrameSelection extends SelectedText {
  /** Whether the page's focus is in this frame, not in one around it or inside it. */
  focused: boolean;
}

/**
 * The text that is selected in a tab, in its fields and frames too; empty where there is none, `undefined` where the
 * browser lets no extension read the page, or the frame of it that has the focus. Needs `activeTab`, so it works after
 * a key of ours was pressed there.
 */
export async function readSelectedText(tabId: number | undefined): Promise<SelectedText | undefined> {
  const frames = await readFrames(tabId);
  return frames && pickSelection(frames);
}

/**
 * What is selected in the frame where a menu item of ours was chosen, which the browser gives as `shown`: with the line
 * breaks of the page, and what stands around it. `undefined` if the page can't be read, or holds no such selection. With
 * `isBeginning`, `shown` is only the beginning of it.
 */
export async function readMenuSelection(
  tabId: number | undefined,
  shown: string,
  isBeginning: boolean,
): Promise<SelectedText | undefined> {
  const frames = await readFrames(tabId);
  const wanted = withoutSpaces(shown);
  const found = frames?.find((frame) => {
    if (!frame) return false;
    const text = withoutSpaces(frame.text);
    return text !== '' && (text === wanted || (isBeginning && text.startsWith(wanted)));
  });
  return found && { text: found.text, before: found.before, after: found.after };
}

/** Firefox hands over this many characters of a selection and says nothing of the rest (measured). */
const MENU_TEXT_LIMIT = 16_384;
/** White space at the end is taken off after the text was cut. */
const TRIMMED = 100;

/** Whether the browser may have cut a selection that it gives with a click on a menu. */
export function isCut(shown: string, cuts: boolean = import.meta.env.FIREFOX): boolean {
  return cuts && shown.length >= MENU_TEXT_LIMIT - TRIMMED;
}

function withoutSpaces(text: string): string {
  return text.replace(/[\s\u200b]+/g, '');
}

async function readFrames(tabId: number | undefined): Promise<(FrameSelection | undefined)[] | undefined> {
  if (tabId === undefined) return undefined;
  try {
    const frames = await browser.scripting.executeScript({
      target: { tabId, allFrames: true },
      func: getFrameSelection,
      // Else a frame that never ends loading would be waited for.
      injectImmediately: true,
    });
    return frames.map(({ result }) => result as FrameSelection | undefined);
  } catch {
    return undefined;
  }
}

/**
 * What is selected where the focus is; else all there is, so that what is meant is never guessed. `undefined` where the
 * focus is in none of these frames: what is selected there can't be read, and elsewhere it may be an old selection.
 */
export function pickSelection(
  frames: readonly (FrameSelection | undefined | null)[],
): SelectedText | undefined {
  const read = frames.filter((frame) => frame != null);
  if (!read.some(({ focused }) => focused)) return undefined;
  const selected = read.filter(({ text }) => text.trim() !== '');
  const chosen = selected.find(({ focused }) => focused) ?? (selected.length === 1 ? selected[0] : undefined);
  if (chosen) return { text: chosen.text, before: chosen.before, after: chosen.after };
  return { text: selected.map(({ text }) => text).join('\n'), before: '', after: '' };
}

/** Runs in each frame of the page, on its own: it may use nothing from around it. */
export function getFrameSelection(): FrameSelection {
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
  const around = { before: '', after: '' };
  /** A word is made of letters, digits, strokes and what can't be seen. */
  const wordAt = (text: string, end: 'last' | 'first') =>
    (end === 'last'
      ? /[\p{L}\p{M}\p{N}_\u00ad\u200b-\u200f\u2060-]*$/u
      : /^[\p{L}\p{M}\p{N}_\u00ad\u200b-\u200f\u2060-]*/u
    ).exec(text.slice(end === 'last' ? -200 : 0, end === 'last' ? undefined : 200))?.[0] ?? '';
  if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) {
    if (active.type === 'password') return { text: '', focused, ...around };
    const { value, selectionStart, selectionEnd } = active;
    const text = value.slice(selectionStart ?? 0, selectionEnd ?? 0);
    if (text !== '') {
      if (/^\S/.test(text)) around.before = wordAt(value.slice(0, selectionStart ?? 0), 'last');
      if (/\S$/.test(text)) around.after = wordAt(value.slice(selectionEnd ?? 0), 'first');
      return { text, focused, ...around };
    }
  }
  const selection = getSelection();
  let text = String(selection ?? '');
  if (text.trim() === '' || !selection?.rangeCount) return { text, focused, ...around };
  const ranges = Array.from({ length: selection.rangeCount }, (_, at) => selection.getRangeAt(at));
  if (ranges.length > 1) {
    // Firefox alone selects several parts of a page, and puts nothing between their texts.
    let count = 0;
    const ends = ranges.map((range) => (count += String(range).replace(/\s/g, '').length));
    const total = count;
    if (text.replace(/\s/g, '').length === total) {
      count = 0;
      text = text.replace(/\S(?=(\s?))/g, (character, space: string) =>
        ends.includes(++count) && count < total && !space ? `${character}\n` : character,
      );
    }
  }
  const isInline = (element: Element) => /^(?:inline|contents|)$/.test(getComputedStyle(element).display);
  /** Text nodes beside one another within one line of the page, away from the selection. */
  const collect = (boundary: Node, offset: number, way: 'back' | 'on'): string => {
    const back = way === 'back';
    let from = boundary;
    if (!(from instanceof Text)) {
      // Between two nodes, as where an element was selected by one click: from the edge of what is selected.
      const edge = from.childNodes[back ? offset : offset - 1];
      if (!edge) return '';
      from = edge;
      while (from.firstChild && from instanceof Element && isInline(from))
        from = (back ? from.firstChild : from.lastChild) as ChildNode;
      if (!(from instanceof Text)) return '';
      offset = back ? 0 : from.data.length;
    }
    let found = wordAt(back ? from.data.slice(0, offset) : from.data.slice(offset), back ? 'last' : 'first');
    let reached = found.length === (back ? offset : from.data.length - offset);
    let node: Node = from;
    while (reached && found.length < 200) {
      let next = back ? node.previousSibling : node.nextSibling;
      while (!next) {
        const parent: Node | null = node.parentNode;
        if (!(parent instanceof Element) || !isInline(parent)) return found;
        node = parent;
        next = back ? node.previousSibling : node.nextSibling;
      }
      while (next.firstChild && next instanceof Element && isInline(next))
        next = (back ? next.lastChild : next.firstChild) as ChildNode;
      node = next;
      if (next instanceof Comment) continue;
      if (!(next instanceof Text)) return found;
      const part = wordAt(next.data, back ? 'last' : 'first');
      reached = part.length === next.data.length;
      found = back ? part + found : found + part;
    }
    return found;
  };
  const [first, last] = [ranges[0] as Range, ranges.at(-1) as Range];
  if (/^\S/.test(text)) around.before = collect(first.startContainer, first.startOffset, 'back');
  if (/\S$/.test(text)) around.after = collect(last.endContainer, last.endOffset, 'on');
  return { text, focused, ...around };
}
