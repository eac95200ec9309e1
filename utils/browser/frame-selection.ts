import type { FrameSelection } from './selection.ts';

/**
 * Reads the selection of the frame that it runs in. The browser injects this function into each frame without the rest of
 * the extension, so it must not refer to anything outside itself, and all its helpers are inside it.
 */
export function getFrameSelection(): FrameSelection {
  const MAX_WORD_LENGTH = 200;

  function hasFocus(active: Element | null): boolean {
    // Chromium shows a PDF in a frame of its own, which can't read the selection there.
    if (document.contentType === 'application/pdf') return false;
    if (/^(i?frame|embed|object)$/i.test(active?.tagName ?? '')) return false;
    try {
      for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
        const element = frame.frameElement as Element;
        if ((element.getRootNode() as Document).activeElement !== element) return false;
      }
      return true;
    } catch {
      // In a frame of another site, `frameElement` is null.
      return document.hasFocus();
    }
  }

  /** The letters, digits, hyphens and invisible characters at the end or the beginning of a text. */
  function wordAt(text: string, isBackward: boolean): string {
    const word = isBackward
      ? /[\p{L}\p{M}\p{N}_\u00ad\u200b-\u200f\u2060-]*$/u.exec(text.slice(-MAX_WORD_LENGTH))
      : /^[\p{L}\p{M}\p{N}_\u00ad\u200b-\u200f\u2060-]*/u.exec(text.slice(0, MAX_WORD_LENGTH));
    // Both patterns match an empty text too, so there is always a match.
    return (word as RegExpExecArray)[0];
  }

  const startsInWord = (text: string) => /^\S/.test(text);
  const endsInWord = (text: string) => /\S$/.test(text);

  function selectionOfField({ value, selectionStart, selectionEnd }: HTMLInputElement | HTMLTextAreaElement) {
    const start = selectionStart ?? 0;
    const end = selectionEnd ?? 0;
    const text = value.slice(start, end);
    const before = startsInWord(text) ? wordAt(value.slice(0, start), true) : '';
    return { text, before, after: endsInWord(text) ? wordAt(value.slice(end), false) : '' };
  }

  /**
   * Only Firefox selects several parts of a page, and puts nothing between their texts. This adds line breaks. If the page
   * hides a part of them, the breaks cannot be placed, and the ranges' own texts are used instead: two glued IDs would be
   * read as one.
   */
  function separateRanges(text: string, ranges: readonly Range[]): string {
    let count = 0;
    const ends = ranges.map((range) => (count += String(range).replace(/\s/g, '').length));
    const total = count;
    if (ranges.length === 1) return text;
    if (text.replace(/\s/g, '').length !== total) return ranges.map(String).join('\n');
    count = 0;
    return text.replace(/\S(?=(\s?))/g, (character, space: string) =>
      ends.includes(++count) && count < total && !space ? `${character}\n` : character,
    );
  }

  function isInline(element: Element): boolean {
    return /^(?:inline|contents|)$/.test(getComputedStyle(element).display);
  }

  function innermost(node: Node, side: 'firstChild' | 'lastChild'): Node {
    let inner = node;
    while (inner[side] && inner instanceof Element && isInline(inner)) inner = inner[side] as ChildNode;
    return inner;
  }

  /** The next node in the same line of the page. */
  function nextInLine(node: Node, isBackward: boolean): Node | undefined {
    const sibling = isBackward ? 'previousSibling' : 'nextSibling';
    let from = node;
    while (!from[sibling]) {
      const parent: Node | null = from.parentNode;
      if (!(parent instanceof Element) || !isInline(parent)) return undefined;
      from = parent;
    }
    return innermost(from[sibling], isBackward ? 'lastChild' : 'firstChild');
  }

  /** The rest of a word outside the selection; it may span several nodes of the line. */
  function restOfWord(boundary: Node, offset: number, isBackward: boolean): string {
    let node: Node | undefined = boundary;
    let text = '';
    if (boundary instanceof Text)
      text = isBackward ? boundary.data.slice(0, offset) : boundary.data.slice(offset);
    else {
      // The boundary is between two nodes, for example if one click selected an element: start at the selected one.
      const edge = boundary.childNodes[isBackward ? offset : offset - 1];
      node = edge && innermost(edge, isBackward ? 'firstChild' : 'lastChild');
    }
    let word = '';
    while (node instanceof Text) {
      const part = wordAt(text, isBackward);
      word = isBackward ? part + word : word + part;
      if (part.length < text.length || word.length >= MAX_WORD_LENGTH) break;
      do node = nextInLine(node, isBackward);
      while (node instanceof Comment);
      if (node instanceof Text) text = node.data;
    }
    return word;
  }

  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const focused = hasFocus(active);
  const nothing = { text: '', focused, before: '', after: '' };
  if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) {
    if (active.type === 'password') return nothing;
    const selected = selectionOfField(active);
    if (selected.text !== '') return { ...selected, focused };
  }
  const selection = getSelection();
  const selectedText = String(selection ?? '');
  if (selectedText.trim() === '' || !selection?.rangeCount) return { ...nothing, text: selectedText };
  const ranges = Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index));
  const [first, last] = [ranges[0] as Range, ranges.at(-1) as Range];
  const text = separateRanges(selectedText, ranges);
  const before = startsInWord(text) ? restOfWord(first.startContainer, first.startOffset, true) : '';
  const after = endsInWord(text) ? restOfWord(last.endContainer, last.endOffset, false) : '';
  return { text, focused, before, after };
}
