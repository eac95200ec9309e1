import { browser } from 'wxt/browser';
import { getFrameSelection } from './frame-selection.ts';

/** A selected text, with the rest of the words that it starts and ends in. Both are empty if it consists of whole words. */
export interface SelectedText {
  text: string;
  before: string;
  after: string;
}

export interface FrameSelection extends SelectedText {
  /** Whether the focus of the page is in this frame, and not in a parent or child frame. */
  focused: boolean;
}

/**
 * The selected text of a tab, including its fields and frames. Empty if nothing is selected; `undefined` if the browser
 * does not let extensions read the page or its frame with the focus. Needs `activeTab`, which the extension's shortcuts
 * grant.
 */
export async function readSelectedText(tabId: number | undefined): Promise<SelectedText | undefined> {
  const frames = await readFrames(tabId);
  return frames && pickSelection(frames);
}

/**
 * The selection for a click on the context menu, whose text the browser passes as `shown`: with the page's line breaks and
 * the rest of its words. `undefined` if the page can't be read or has no such selection. With `isBeginning`, `shown` is
 * only the beginning of the selection.
 */
export async function readMenuSelection(
  tabId: number | undefined,
  shown: string,
  isBeginning: boolean,
): Promise<SelectedText | undefined> {
  const frames = await readFrames(tabId);
  const shownText = withoutSpaces(shown);
  const found = frames?.find((frame) => {
    if (!frame) return false;
    const text = withoutSpaces(frame.text);
    return text !== '' && (text === shownText || (isBeginning && text.startsWith(shownText)));
  });
  return found && withoutFocus(found);
}

/** Firefox passes at most this many characters of a selection, without a sign that more follow (measured). */
const MENU_TEXT_LIMIT = 16_384;
/** Firefox trims white space after it cuts; the text may be this much shorter. */
const MAX_TRIMMED = 100;

/** Whether the browser may have cut the selection that it passes with a menu click. */
export function isCut(shown: string, cuts: boolean = import.meta.env.FIREFOX): boolean {
  return cuts && shown.length >= MENU_TEXT_LIMIT - MAX_TRIMMED;
}

function withoutFocus({ text, before, after }: FrameSelection): SelectedText {
  return { text, before, after };
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
      // Otherwise a frame that never finishes loading would block the result.
      injectImmediately: true,
    });
    return frames.map(({ result }) => result as FrameSelection | undefined);
  } catch {
    return undefined;
  }
}

/**
 * The selection of the frame with the focus; if it has none, all other selections, so that none is preferred by guess.
 * `undefined` if no readable frame has the focus: its selection can't be read, and the others may be old.
 */
export function pickSelection(
  frames: readonly (FrameSelection | undefined | null)[],
): SelectedText | undefined {
  const read = frames.filter((frame) => frame != null);
  if (!read.some(({ focused }) => focused)) return undefined;
  const selected = read.filter(({ text }) => text.trim() !== '');
  const chosen = selected.find(({ focused }) => focused) ?? (selected.length === 1 ? selected[0] : undefined);
  if (chosen) return withoutFocus(chosen);
  return { text: selected.map(({ text }) => text).join('\n'), before: '', after: '' };
}
