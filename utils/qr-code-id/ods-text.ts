type Attributes = Readonly<Record<string, string>>;

/** Elements of a cell that are not part of its text: comments and reading aids. */
const NOT_TEXT: ReadonlySet<string> = new Set(['office:annotation', 'text:ruby-text']);
/** The maximum of characters in a cell, and so of consecutive spaces. */
const MAX_SPACES = 32_767;

/** Collects the text of one cell from its elements. */
export interface CellText {
  start(): void;
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  add(text: string): void;
  /** Whether an element inside the cell is open. */
  isNested(): boolean;
  finish(): string;
}

/** Creates a {@link CellText} by the white space rules of ODF 1.3 (6.1.2). Each paragraph is a line. */
export function createCellText(): CellText {
  let paragraphs: string[] = [];
  let depth = 0;
  let paragraphDepth = 0;
  let skipDepth = 0;
  function append(text: string) {
    if (paragraphDepth > 0 && skipDepth === 0) paragraphs.push((paragraphs.pop() ?? '') + text);
  }
  return {
    start() {
      paragraphs = [];
      depth = 0;
    },
    open(name, attributes) {
      depth += 1;
      if (skipDepth > 0) return;
      if (NOT_TEXT.has(name) || name.startsWith('draw:')) skipDepth = depth;
      else if (name === 'text:p' && paragraphDepth === 0) {
        paragraphDepth = depth;
        paragraphs.push('');
      } else if (name === 'text:s')
        append(' '.repeat(Math.min(Number(attributes['text:c'] ?? 1), MAX_SPACES)));
      else if (name === 'text:tab') append('\t');
      else if (name === 'text:line-break') append('\n');
    },
    close() {
      if (depth === skipDepth) skipDepth = 0;
      if (depth === paragraphDepth) paragraphDepth = 0;
      depth -= 1;
    },
    add: (text) => append(text.replace(/[\t\r\n ]+/g, ' ')),
    isNested: () => depth > 0,
    finish: () => paragraphs.join('\n'),
  };
}
