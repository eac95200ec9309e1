import { describe, expect, it } from 'vitest';
import { readList } from './read-list.ts';
import type { ParsedLine } from './reading.ts';

const readIdList = (text: string) => readList({ text });

const ID = 'QR26DU7U9NREWU';
const SECOND = 'QR26AB3C4D5E6F';
const THIRD = 'QR26ZZZZ11112';

function linesOf(text: string): ParsedLine[] {
  const list = readIdList(text);
  if (!list.ok) throw new Error(`Refused: ${list.problem.code}`);
  return list.lines;
}
const briefly = (text: string) =>
  linesOf(text).map((line) => `${line.line} ${line.kind === 'refused' ? line.problem.code : line.qrCodeId}`);

describe('A6 a CSV', () => {
  it('keeps its line numbers with a heading, CRLF, and commas and line breaks in quotes', () => {
    const csv = [
      'name,amount,qrCodeId',
      `"Counter, 4","1,500",${ID}`,
      `"Two\r\nlines and a ""quote""",2,"${SECOND}"`,
      `x,1,${ID}`,
      'x,1,bad/id',
      '',
      'x,1,1.23E+15',
      'x,1,',
    ].join('\r\n');
    expect(linesOf(csv)).toEqual([
      { line: 2, kind: 'valid', qrCodeId: ID },
      { line: 3, kind: 'valid', qrCodeId: SECOND },
      { line: 5, kind: 'duplicate', qrCodeId: ID, firstLine: 2 },
      { line: 6, kind: 'refused', text: 'bad/id', problem: { code: 'bad-character', character: '/' } },
      { line: 8, kind: 'refused', text: '1.23E+15', problem: { code: 'spreadsheet-number' } },
      { line: 9, kind: 'refused', text: '', problem: { code: 'empty' } },
    ]);
  });

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['strokes', '|'],
  ])('with %s has its column found by content', (_, between) => {
    const rows = [
      ['2026-11-22', 'Counter1', ID, '9876543210', '₹500'],
      ['2026-11-23', 'Counter2', SECOND, '9876543211', '₹500'],
    ];
    expect(briefly(rows.map((row) => row.join(between)).join('\n'))).toEqual([`1 ${ID}`, `2 ${SECOND}`]);
  });

  it('has its column found by its heading, even if another column looks more like ids', () => {
    expect(briefly('Batch,QR Code ID\nB2026A,12345678\nB2026B,22345678')).toEqual([
      '2 12345678',
      '3 22345678',
    ]);
  });

  it.each(['\r\n', '\n', '\r'])('is read with line breaks %j', (lineBreak) => {
    expect(briefly([ID, '', SECOND, ''].join(lineBreak))).toEqual([`1 ${ID}`, `3 ${SECOND}`]);
  });

  it('keeps its line numbers with a byte order mark', () => {
    expect(briefly(`\ufeffqrCodeId\n${ID}\n${SECOND}`)).toEqual([`2 ${ID}`, `3 ${SECOND}`]);
    expect(briefly(`\ufeff${ID}\n${SECOND}`)).toEqual([`1 ${ID}`, `2 ${SECOND}`]);
  });

  it('is read if it has 1 MB', { timeout: 5_000 }, () => {
    const rows = Array.from(
      { length: 9_999 },
      (_, index) => `QR${String(index).padStart(8, '0')}AB,${'x'.repeat(90)}`,
    );
    const lines = linesOf(`qrCodeId,name\r\n${rows.join('\r\n')}`);
    expect(lines).toHaveLength(9_999);
    expect(lines.at(-1)).toEqual({ line: 10_000, kind: 'valid', qrCodeId: 'QR00009998AB' });
  });

  it.each([
    ['cells', ','.repeat(1_000_000)],
    ['quotes', '"'.repeat(1_000_001)],
    ['full stops', `a1${'.'.repeat(1_000_000)}b`],
  ])('is read quickly if it has only %s', { timeout: 5_000 }, (_, text) => {
    const list = readIdList(text);
    expect(list.ok ? list.ids : []).toEqual([]);
  });
});

describe('several ids in a line', () => {
  it.each([`${ID},${SECOND}`, `${ID}, ${SECOND},`, `${ID}; ${SECOND}`, `${ID} ${SECOND}`])(
    'are all in the list: %j',
    (text) => {
      expect(briefly(text)).toEqual([`1 ${ID}`, `1 ${SECOND}`]);
    },
  );

  it.each([
    `${ID}\t${SECOND}`,
    `${ID}, ${SECOND},\nQR26ZZZZ1111, ${ID}`,
    `${ID} -> ${SECOND}\nQR26ZZZZ1111 -> ${THIRD}`,
  ])('need a choice if they are two columns without headings: %j', (text) => {
    const list = readList({ text });
    expect(list).toMatchObject({ ok: false, problem: { code: 'choose-column', mayTakeAll: true } });
    expect(list.ok || list.problem.code !== 'choose-column' || list.problem.columns).toHaveLength(2);
    expect(readList({ text }, { column: 0 })).toMatchObject({
      ok: true,
      leftOut: expect.arrayContaining([
        expect.objectContaining({ reason: expect.objectContaining({ code: 'column' }) }),
      ]),
    });
    expect(readList({ text }, { column: 'all' })).toMatchObject({ ok: true, leftOut: [] });
  });
});

describe('a heading', () => {
  it.each(['qrCodeId', 'QR Code ID', 'ID', 'qr_code_id'])('is no id: %j', (heading) => {
    expect(briefly(`${heading}\n${ID}`)).toEqual([`2 ${ID}`]);
  });
  it('is not assumed if no line has digits', () => {
    expect(briefly('ABCDEF\nGHIJKL')).toEqual(['1 ABCDEF', '2 GHIJKL']);
  });
});

describe('A5 duplicates and case', () => {
  it('name the line of the first, and are kept if they differ in case', () => {
    const list = readIdList([ID, ID.toLowerCase(), ID].join('\n'));
    expect(list).toMatchObject({
      ok: true,
      ids: [ID, ID.toLowerCase()],
      caseVariants: [[ID, ID.toLowerCase()]],
    });
    expect(list.ok && list.lines[2]).toEqual({ line: 3, kind: 'duplicate', qrCodeId: ID, firstLine: 1 });
  });
});

describe('A7 a list with too many ids', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `QR${1_000_000 + index}AB`);

  it('is refused as a whole with the maximum if it has 100,001', () => {
    expect(readIdList(many(100_001).join('\n'))).toMatchObject({
      ok: false,
      problem: { code: 'too-many', count: 100_001, limit: 100_000 },
    });
  });
  it('is accepted if it has 100,000 distinct ones, repeated or not', () => {
    const list = readIdList([...many(100_000), ...many(100_000)].join('\n'));
    expect(list.ok && list.ids).toEqual(many(100_000));
    expect(list.ok && list.lines).toHaveLength(200_000);
  });
});

describe('A63 an ID before an ellipsis', () => {
  it.each([
    ['in a list', 'QR26ABCDEF…\nQR26ABCDEFGHJ2', 'QR26ABCDEF'],
    ['with full stops', 'QR26ABCDEF...\nQR26ABCDEFGHJ2', 'QR26ABCDEF'],
    ['in a table', 'QR Code ID,Name\nQR26ABCDEF…,Gate 1\nQR26ABCDEFGHJ2,Gate 2', 'QR26ABCDEF…'],
  ])('is refused as cut off, not as broken over two lines: %s', (_, text, refused) => {
    const list = readIdList(text);
    expect(list.ok && list.ids).toEqual(['QR26ABCDEFGHJ2']);
    expect(list.leftOut).toMatchObject([
      { text: refused, isId: true, reason: { code: 'problem', problem: { code: 'cut-off' } } },
    ]);
  });
});

describe('A1 an empty text', () => {
  it.each(['', ' \n\t\n', ',,\n"",""', '\ufeff'])('holds no ids: %j', (text) => {
    expect(readIdList(text)).toMatchObject({ ok: false, problem: { code: 'nothing' } });
  });
});

describe('a list of one id per line', () => {
  const ids = [ID, 'QR26AB3C4D5E6G', 'QR26AB3C4D5E6H'];

  it('is read alike with the line breaks of Windows and of other systems', () => {
    const windows = readIdList(`${ids.join('\r\n')}\r\n\r\n${ids[0]}`);
    expect(windows).toEqual(readIdList(`${ids.join('\n')}\n\n${ids[0]}`));
    expect(windows.ok && windows.lines.map(({ line }) => line)).toEqual([1, 2, 3, 5]);
  });

  it('keeps its line numbers with a lone carriage return', () => {
    expect(briefly(`${ids[0]}\r\n${ids[1]}\r${ids[2]}`)).toEqual(
      ids.map((id, index) => `${index + 1} ${id}`),
    );
  });
});
