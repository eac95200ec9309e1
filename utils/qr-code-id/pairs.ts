import { excludedBelow } from './exclusions.ts';
import type { TextLine } from './plain-text.ts';
import type { Row } from './rows.ts';
import { isStrongId } from './word.ts';

/** What stands between two IDs of a line that says nothing but which is which. */
const BETWEEN = /^(?:->|=>|→|»|>+|[-–—=:/&+|]|with|by|to|and|for|से|का)$/i;
const NUMBERING = /^(?:\(?\d{1,6}[.)]|[-–—•*·>]+)$/;

/**
 * Lines that hold nothing but IDs, some of them several, may be columns without delimiters, such as `old -> new`: which
 * column is meant is to be asked. A single line is a list. `undefined` if the text is not of this kind.
 */
export function findPairs(lines: readonly TextLine[]): Row[] | undefined {
  const rows: Row[] = [];
  let heading: Row | undefined;
  for (const { line, text } of lines) {
    const words = text.split(/[\s,;|^]+/).filter((word) => word !== '' && !NUMBERING.test(word));
    const ids = words.filter(isStrongId);
    if (ids.length === 0) {
      if (words.some((word) => /\d/.test(word)) || excludedBelow(text) !== undefined) return undefined;
      if (rows.length === 0 && words.length > 1) heading = { line, cells: words };
      continue;
    }
    if (!words.every((word) => isStrongId(word) || BETWEEN.test(word))) return undefined;
    rows.push({ line, cells: ids });
  }
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const different = new Set(rows.flatMap(({ cells }) => cells)).size;
  if (rows.length < 2 || width < 2 || different < 2) return undefined;
  const even = rows.map(({ line, cells }) => ({
    line,
    cells: [...cells, ...Array(width - cells.length).fill('')],
  }));
  return heading?.cells.length === width ? [heading, ...even] : even;
}
