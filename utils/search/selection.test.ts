import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_SELECTION,
  extendTo,
  move,
  moveCursor,
  retainVisible,
  type Selection,
  selectAll,
  toggle,
} from './selection.ts';

const ORDER = Array.from({ length: 12 }, (_, index) => `QR26AB${1000 + index}`);
const id = fc.constantFrom(...ORDER);
const step = fc.constantFrom(-3, -1, 1, 3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
/** Any action of an operator, as a change of the selection. */
const act = fc.oneof(
  id.map((at) => (selection: Selection) => toggle(selection, at)),
  id.map((at) => (selection: Selection) => extendTo(selection, ORDER, at)),
  id.map((at) => (selection: Selection) => moveCursor(selection, at)),
  fc.tuple(step, fc.boolean()).map(
    ([by, extend]) =>
      (selection: Selection) =>
        move(selection, ORDER, by, extend),
  ),
  fc.constant((selection: Selection) => selectAll(selection, ORDER)),
);
const someSelection = fc
  .array(act, { maxLength: 12 })
  .map((acts) => acts.reduce((selection, next) => next(selection), EMPTY_SELECTION));
const picked = ({ ids }: Selection) => ORDER.filter((each) => ids.has(each));
const from = (...indices: number[]) => indices.map((index) => ORDER[index]);
const at = (index: number) => String(ORDER[index]);

describe('any sequence of actions', () => {
  it('selects existing rows only', () => {
    fc.assert(
      fc.property(someSelection, (selection) => {
        for (const each of selection.ids) expect(ORDER).toContain(each);
        if (selection.cursor !== undefined) expect(ORDER).toContain(selection.cursor);
      }),
    );
  });

  it('is unchanged by toggling a row twice', () => {
    fc.assert(
      fc.property(someSelection, id, (selection, row) => {
        expect(picked(toggle(toggle(selection, row), row))).toEqual(picked(selection));
      }),
    );
  });

  it('allows a range that selects both ends and all rows between, and a move that selects none', () => {
    fc.assert(
      fc.property(someSelection, id, id, step, (selection, one, other, by) => {
        const range = extendTo(moveCursor(selection, one), ORDER, other);
        const [first = 0, last = 0] = [ORDER.indexOf(one), ORDER.indexOf(other)].sort((a, b) => a - b);
        for (const each of ORDER.slice(first, last + 1)) expect(range.ids.has(each)).toBe(true);
        for (const each of selection.ids) expect(range.ids.has(each)).toBe(true);
        expect(move(selection, ORDER, by, false).ids).toBe(selection.ids);
      }),
    );
  });
});

describe('a range', () => {
  it('replaces the previous range from the same row', () => {
    const start = toggle(EMPTY_SELECTION, at(4));
    const drawn = extendTo(start, ORDER, at(7));
    expect(picked(drawn)).toEqual(from(4, 5, 6, 7));
    expect(picked(extendTo(drawn, ORDER, at(2)))).toEqual(from(2, 3, 4));
  });

  it('shrinks if the keys move back, and other selected rows stay', () => {
    const before = moveCursor(toggle(EMPTY_SELECTION, at(0)), at(5));
    const drawn = [1, 1, -1].reduce((selection, by) => move(selection, ORDER, by, true), before);
    expect(picked(drawn)).toEqual(from(0, 5, 6));
  });

  it('is one row if it has no anchor among the rows', () => {
    expect(picked(extendTo(EMPTY_SELECTION, ORDER, at(3)))).toEqual(from(3));
    const gone: Selection = { ids: new Set(), anchor: 'QR26GONE', cursor: 'QR26GONE' };
    expect(picked(extendTo(gone, ORDER, at(3)))).toEqual(from(3));
  });
});

describe('the keyboard', () => {
  it('starts at the first row and stops at both ends', () => {
    expect(move(EMPTY_SELECTION, ORDER, 1, false).cursor).toBe(at(0));
    expect(move(moveCursor(EMPTY_SELECTION, at(11)), ORDER, 1, false).cursor).toBe(at(11));
    expect(move(moveCursor(EMPTY_SELECTION, at(11)), ORDER, Number.NEGATIVE_INFINITY, false).cursor).toBe(
      at(0),
    );
    expect(move(EMPTY_SELECTION, [], 1, true)).toEqual(EMPTY_SELECTION);
  });
});

describe('removed rows', () => {
  it('are removed from the selection too', () => {
    const all = toggle(selectAll(EMPTY_SELECTION, ORDER), at(3));
    const kept = retainVisible(all, new Set(from(1, 2) as string[]));
    expect(kept).toEqual({ ids: new Set(from(1, 2)) });
  });
});
