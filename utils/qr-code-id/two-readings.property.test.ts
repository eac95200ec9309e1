import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readList } from './read-list.ts';
import type { IdList } from './reading.ts';

const SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const sign = fc.constantFrom(...SIGNS);
const body = (length: number) =>
  fc.array(sign, { minLength: length, maxLength: length }).map((signs) => signs.join(''));
/** IDs of several gateways. Each list has IDs of one kind. */
const idKind = fc.constantFrom(
  { prefix: 'QR26', length: 10 },
  { prefix: 'EKQ1', length: 14 },
  { prefix: 'Q7', length: 6 },
  { prefix: 'STORE12-0', length: 3 },
  { prefix: 'qr_9', length: 12 },
);
const idsOfKind = (count: number) =>
  idKind.chain(({ prefix, length }) =>
    fc.uniqueArray(
      body(length).map((text) => `${prefix}${text}`),
      { minLength: count, maxLength: count },
    ),
  );

const otherWord = fc.constantFrom(
  'Gate 1',
  'Sharma & Sons',
  'Shop 4, MG Road, Pune',
  'Asha',
  '500',
  '1,25,000.00',
  '₹2,500',
  '22-11-2026',
  '22/11/26',
  'ACTIVE',
  '"Big" Bazaar',
  'दुकान 5',
  'கடை 7',
  '9876543210',
  'asha@shop.example',
  '',
  '-',
);
const delimiter = fc.constantFrom('\t', ';', '|', ',', '^', ' ; ');
const lineBreak = fc.constantFrom('\n', '\r\n', '\r', '\u2028', '\v');
type Quote = 'none' | 'double' | 'all';
const quote = fc.constantFrom<Quote>('none', 'double', 'all');
const heading = fc.constantFrom(
  ['QR Code ID', 'Name', 'Amount'],
  ['qrCodeId', 'name', 'amount'],
  ['क्यूआर कोड आईडी', 'नाम', 'राशि'],
  ['QR குறியீட்டு ஐடி', 'பெயர்', 'தொகை'],
  ['QR ಕೋಡ್ ಐಡಿ', 'ಹೆಸರು', 'ಮೊತ್ತ'],
  undefined,
);
const preamble = fc.subarray([
  ['QR register'],
  ['From 01-Apr-2026 to 30-Nov-2026'],
  ['Branch: Pune'],
  ['Prepared by Asha'],
]);
const totals = fc.subarray([
  ['Total', '', '1000'],
  ['Grand Total', '', ''],
]);

/** A cell as a spreadsheet program writes it. */
function written(cell: string, separator: string, style: Quote): string {
  const must = cell.includes(separator.trim() || separator) || cell.includes('"') || /[\r\n]/.test(cell);
  return style === 'all' || (must && style === 'double') || (must && separator !== '^')
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;
}

interface Sheet {
  ids: string[];
  text: string;
}

const sheet: fc.Arbitrary<Sheet> = fc
  .record({
    ids: fc.integer({ min: 2, max: 12 }).chain(idsOfKind),
    others: fc.array(fc.tuple(otherWord, otherWord), { minLength: 12, maxLength: 12 }),
    idColumn: fc.integer({ min: 0, max: 2 }),
    delimiter,
    lineBreak,
    quote,
    heading,
    preamble,
    totals,
    hasLastBreak: fc.boolean(),
    blankEvery: fc.integer({ min: 2, max: 9 }),
  })
  .map((made) => {
    const place = (id: string, [first, second]: [string, string]) => {
      const cells = [first, second];
      cells.splice(made.idColumn, 0, id);
      return cells;
    };
    const head = made.heading;
    const rows = [
      ...made.preamble,
      ...(head ? [place(String(head[0]), [String(head[1]), String(head[2])])] : []),
      ...made.ids.map((id, at) => place(id, made.others[at] ?? ['', ''])),
      ...made.totals,
    ];
    const lines = rows.map((cells) =>
      cells.map((cell) => written(cell, made.delimiter, made.quote)).join(made.delimiter),
    );
    const text = lines
      .flatMap((line, at) => (at % made.blankEvery === 1 ? [line, ''] : [line]))
      .join(made.lineBreak);
    return { ids: made.ids, text: made.hasLastBreak ? text + made.lineBreak : text };
  });

function reportedIds(list: IdList): string[] {
  const choices = !list.ok && list.problem.code === 'choose-column' ? list.problem.ids : [];
  return [
    ...(list.ok ? list.ids : choices),
    ...list.leftOut.filter(({ isId }) => isId).map(({ text }) => text),
  ].toSorted();
}

describe('A60 any table', () => {
  it('has each of its IDs in the list or left out, and no other', () => {
    fc.assert(
      fc.property(sheet, ({ ids, text }) => {
        const list = readList({ text });
        expect(reportedIds(list)).toEqual(ids.toSorted());
        const { inText, inList, leftOut } = list.counts;
        expect([inText, inList + leftOut]).toEqual(list.ok ? [ids.length, ids.length] : [ids.length, 0]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read by its one column of IDs, with correct line numbers', () => {
    fc.assert(
      fc.property(sheet, ({ ids, text }) => {
        const list = readList({ text });
        const lines = text.split(/\r\n|[\n\r\v\u2028]/);
        expect(list.ok ? list.ids : list.problem).toEqual(ids);
        if (!list.ok) return;
        for (const entry of list.lines)
          if (entry.kind === 'valid') expect(lines[entry.line - 1]).toContain(entry.qrCodeId);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('A59 two columns of IDs', () => {
  const titles = fc.constantFrom<[string, string]>(
    ['Old QR', 'New QR'],
    ['To be cancelled', 'To be kept'],
    ['QR Code ID', 'Replaces'],
    ['QR Code ID', 'New QR Code ID'],
    ['qrCodeId', 'qrCodeId'],
    ['QR Code ID', 'QR Code ID (new)'],
    ['Cancel', 'Keep'],
    ['Code', 'Code'],
    ['ID', 'Other ID'],
    ['QR', 'Standee'],
    ['Front', 'Back'],
    ['पुराना QR', 'नया QR'],
    ['जुना', 'नवीन'],
    ['', ''],
  );
  const twoColumns = fc
    .integer({ min: 2, max: 8 })
    .chain((count) =>
      fc.record({
        first: idsOfKind(count),
        second: idsOfKind(count),
        titles,
        isTurned: fc.boolean(),
        hasHeading: fc.boolean(),
        names: fc.array(otherWord, { minLength: count, maxLength: count }),
        withNames: fc.boolean(),
        delimiter,
        lineBreak,
        quote,
        preamble,
        totals,
        gaps: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }),
      }),
    )
    .filter(({ first, second }) => !first.some((id) => second.includes(id)));

  it('always need a choice', () => {
    fc.assert(
      fc.property(twoColumns, (made) => {
        const order = (pair: [string, string]) => (made.isTurned ? [pair[1], pair[0]] : pair);
        const rows = made.first.map((id, at) => {
          const gap = made.gaps[at] === 0 ? '' : String(made.second[at]);
          return [...(made.withNames ? [String(made.names[at])] : []), ...order([id, gap])];
        });
        const head = [...(made.withNames ? ['Shop'] : []), ...order(made.titles)];
        const all = [...made.preamble, ...(made.hasHeading ? [head] : []), ...rows, ...made.totals];
        const text = all
          .map((cells) => cells.map((cell) => written(cell, made.delimiter, made.quote)).join(made.delimiter))
          .join(made.lineBreak);
        const list = readList({ text });
        const others = made.second.filter((_, at) => made.gaps[at] !== 0);
        if (others.length === 0) return;
        expect(list.ok ? list.ids : list.problem.code).toEqual('choose-column');
      }),
      { numRuns: 2_000 },
    );
  });
});
