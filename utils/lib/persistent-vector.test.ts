import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { PersistentVector } from './persistent-vector.ts';

const numbers = (length: number) => Array.from({ length }, (_, index) => index);

describe('a persistent vector', () => {
  it('reads like an array of the same rows', () => {
    for (const length of [0, 1, 31, 32, 33, 1_024, 1_025, 40_000]) {
      const rows = numbers(length);
      const vector = PersistentVector.from(rows);
      expect(vector.length).toBe(length);
      expect([...vector]).toEqual(rows);
      expect(vector.slice()).toEqual(rows);
      expect([vector.at(0), vector.at(length - 1), vector.at(length), vector.at(-1)]).toEqual([
        rows[0],
        length === 0 ? undefined : length - 1,
        undefined,
        undefined,
      ]);
    }
  });

  it('changes like an array, and leaves the list before as it was', () => {
    const change = fc.tuple(fc.nat(), fc.nat());
    const changes = fc.array(change, { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.array(changes, { maxLength: 5 }),
        (length, steps) => {
          const rows = numbers(length);
          const first = PersistentVector.from(rows);
          let vector = first;
          for (const step of steps) {
            const before = [...vector];
            const inside = step.map(([index, row]) => [index % length, row] as const);
            const after = vector.with(inside);
            for (const [index, row] of inside) rows[index] = row;
            expect([...vector]).toEqual(before);
            expect([...after]).toEqual(rows);
            vector = after;
          }
          expect([...first]).toEqual(numbers(length));
        },
      ),
    );
  });

  it('returns the rows of any range', () => {
    const rows = numbers(2_100);
    const vector = PersistentVector.from(rows);
    fc.assert(
      fc.property(fc.nat(2_200), fc.nat(2_200), (start, end) => {
        expect(vector.slice(start, end)).toEqual(rows.slice(start, end));
      }),
    );
  });

  it('has no row outside of its length to change', () => {
    const vector = PersistentVector.from(numbers(33));
    expect(() => vector.with([[33, 0]])).toThrow(RangeError);
    expect(() => vector.with([[-1, 0]])).toThrow(RangeError);
  });

  it('copies a few rows for a change, also in a long list', () => {
    const changes = numbers(48).map((index) => [index + 500, -1] as const);
    const copiedIn = (length: number) => {
      const vector = PersistentVector.from(numbers(length));
      let copied = 0;
      const { slice } = Array.prototype;
      const spy = vi.spyOn(Array.prototype, 'slice').mockImplementation(function (this: unknown[], ...range) {
        copied += this.length;
        return slice.apply(this, range);
      });
      vector.with(changes);
      spy.mockRestore();
      return copied;
    };
    // Three leaves of 32 rows, and the nodes above them.
    expect(copiedIn(1_000)).toBeLessThanOrEqual(4 * 32);
    expect(copiedIn(100_000)).toBeLessThanOrEqual(7 * 32);
  });
});
