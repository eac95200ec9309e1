import { excludedBelow } from './exclusions.ts';
import type { TextLine } from './plain-text.ts';
import type { Row } from './rows.ts';
import { endsStep, type Steps } from './steps.ts';
import { isStrongId } from './word.ts';

/** A word or sign between two IDs of a line that only relates them. */
const BETWEEN = /^(?:->|=>|→|»|>+|[-–—=:/&+|]|with|by|to|and|for|से|का)$/i;
const NUMBERING = /^(?:\(?\d{1,6}[.)]|[-–—•*·>]+)$/;

/**
 * Reads lines of only IDs as columns without delimiters, such as `old -> new`, so that the operator chooses one. At least
 * one line has several IDs. A single line is a list. Returns `undefined` for any other text.
 */
export function* findPairs(lines: readonly TextLine[]): Steps<Row[] | undefined> {
  const rows: Row[] = [];
  let heading: Row | undefined;
  for (const [index, { line, text }] of lines.entries()) {
    if (endsStep(index)) yield;
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
