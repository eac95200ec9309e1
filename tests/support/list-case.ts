import { expect } from 'vitest';
import { readList } from '../../utils/qr-code-id/read-list.ts';

/**
 * The kind of list, the list, the IDs that its owner means, and the words that must be reported as left out or refused.
 * `ask`: nothing is read before a column is chosen. `none`: the list contains no ID.
 */
export type ListCase = [kind: string, text: string, ids: string, told?: string];

/** Expands short names in inputs and expectations: J1 is QR26ABCDEFGHJ1, N1 is QR26110234567891. */
export function inFull(text: string): string {
  return text
    .replace(/(?<![A-EG-Z])J(\d)/g, 'QR26ABCDEFGHJ$1')
    .replace(/N([1-9])(?!\d)/g, 'QR2611023456789$1');
}

/** Reads a list and compares its IDs and the left-out words with the expected ones. */
export function checkList(text: string, ids: string, told = ''): void {
  const list = readList({ text: inFull(text) });
  const isAsked = !list.ok && list.problem.code === 'choose-column';
  expect(list.ok ? list.ids.join(' ') || 'none' : isAsked ? 'ask' : 'none').toBe(inFull(ids));
  const leftOut = list.leftOut.map((each) => each.text);
  if (told !== '') expect(leftOut).toEqual(expect.arrayContaining(inFull(told).split(' ')));
}
