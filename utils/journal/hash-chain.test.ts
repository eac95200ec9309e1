import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChainedRow } from '../model/history-row.ts';
import { type ChainHead, chainHash, createChainVerifier, EMPTY_CHAIN } from './hash-chain.ts';

type Row = ChainedRow & Record<string, unknown>;

function chained(contents: readonly Record<string, unknown>[], start: ChainHead = EMPTY_CHAIN) {
  let ends = start;
  const rows = contents.map((content) => {
    const row = { ...content, row: ends.row + 1 };
    const hash = chainHash(ends.hash, row);
    ends = { ...ends, row: row.row, hash };
    return { ...row, hash } as Row;
  });
  return { rows, ends };
}

function violationsOf(rows: readonly ChainedRow[], ends: ChainHead, batchSize = 3) {
  const chain = createChainVerifier(ends);
  for (let from = 0; from < rows.length; from += batchSize) chain.verify(rows.slice(from, from + batchSize));
  return chain.finish();
}

const contents = fc.array(
  fc.record({ qrCodeId: fc.string(), outcome: fc.jsonValue() as fc.Arbitrary<unknown> }),
  {
    minLength: 1,
    maxLength: 12,
  },
);
const anyPosition = fc.nat();

describe('a chain', () => {
  it('is intact if it is unchanged, in any order of properties', () => {
    fc.assert(
      fc.property(contents, (given) => {
        const { rows, ends } = chained(given);
        const reordered = rows.map((row) => Object.fromEntries(Object.entries(row).toReversed()) as Row);
        expect(violationsOf(reordered, ends)).toEqual([]);
      }),
    );
  });

  it('is broken at a changed row', () => {
    fc.assert(
      fc.property(contents, anyPosition, (given, position) => {
        const { rows, ends } = chained(given);
        const index = position % rows.length;
        const changed = rows.map((row, at) =>
          at === index ? { ...row, qrCodeId: `${row.qrCodeId}!` } : row,
        );
        expect(violationsOf(changed, ends)).toEqual([{ kind: 'changed', row: index + 1 }]);
      }),
    );
  });

  it('is broken after a row that was changed with its hash', () => {
    fc.assert(
      fc.property(contents, anyPosition, (given, position) => {
        const { rows, ends } = chained(given);
        const index = position % rows.length;
        const before = rows[index - 1]?.hash ?? '';
        const forged = { ...rows[index], qrCodeId: 'QRFORGED', row: index + 1 };
        const changed = rows.with(index, { ...forged, hash: chainHash(before, forged) } as Row);
        const row = Math.min(index + 2, rows.length);
        expect(violationsOf(changed, ends)).toEqual([{ kind: 'changed', row }]);
      }),
    );
  });

  it('is broken at missing rows', () => {
    fc.assert(
      fc.property(contents, anyPosition, fc.nat(3), (given, position, more) => {
        const { rows, ends } = chained(given);
        const from = (position % rows.length) + 1;
        const to = Math.min(rows.length, from + more);
        const remaining = rows.filter(({ row }) => row < from || row > to);
        expect(violationsOf(remaining, ends)).toEqual([{ kind: 'missing', from, to }]);
      }),
    );
  });

  it('is broken at rows inserted in between or after the end', () => {
    fc.assert(
      fc.property(contents, anyPosition, (given, position) => {
        const { rows, ends } = chained(given);
        const row = (position % rows.length) + 1;
        const between = { row: row + 0.5, hash: 'x' };
        const more = rows.toSpliced(row, 0, between as Row);
        expect(violationsOf(more, ends)).toEqual([{ kind: 'added', row: row + 0.5 }]);
        const after = { ...rows[row - 1], row: rows.length + 1 } as Row;
        expect(violationsOf([...rows, after], ends)).toEqual([{ kind: 'added', row: rows.length + 1 }]);
      }),
    );
  });
});

describe('a chain with an erased beginning', () => {
  const { rows, ends } = chained([{ a: 1 }, { a: 2 }, { a: 3 }]);
  const cut = { ...ends, firstSequence: 3, previousHash: rows[1]?.hash ?? '' };
  const erasure = { action: 'erase', lastHash: cut.previousHash };
  const after = chained([erasure], cut);
  const left = [...rows.slice(2), ...after.rows];

  it('is intact', () => {
    expect(violationsOf(left, after.ends)).toEqual([]);
  });

  it('is broken if no row, or a wrong row, records the erasure', () => {
    expect(violationsOf(rows.slice(2), cut)).toEqual([{ kind: 'beginning', row: 3 }]);
    const forged = chained([{ ...erasure, lastHash: 'other' }], cut);
    expect(violationsOf([...rows.slice(2), ...forged.rows], forged.ends)).toEqual([
      { kind: 'beginning', row: 3 },
    ]);
  });

  it('is broken if more rows are missing than were erased', () => {
    expect(violationsOf(left.slice(1), after.ends)).toEqual([{ kind: 'missing', from: 3, to: 3 }]);
  });
});
