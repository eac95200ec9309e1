import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hiddenRowCount,
  type ListSource,
  lineName,
  readSources,
  type SheetSource,
  type SourcesRead,
  sourcesText,
} from './list-sources.ts';
import type { SheetRow } from './sheet.ts';

const text = (name: string, ...lines: string[]): ListSource => ({ name, text: lines.join('\n') });
const row = (number: number, ...texts: string[]): SheetRow => ({
  number,
  cells: texts.map((each) => ({ text: each, kind: 'text' })),
});
const sheet = (rows: SheetRow[], includeHidden = false): SheetSource => ({
  name: 'codes.xlsx',
  sheet: { name: 'May', rows },
  includeHidden,
});
/** The lines of a list in short form. */
function linesOf(sources: readonly ListSource[]): string[] {
  const { list, parts } = readSources(sources);
  if (!list.ok) return [list.problem.code];
  return list.lines.map((line) => {
    const at = lineName(parts, line.line);
    if (line.kind === 'duplicate') return `${at} ${line.qrCodeId} = ${lineName(parts, line.firstLine)}`;
    return `${at} ${line.kind === 'valid' ? line.qrCodeId : `! ${line.text}`}`;
  });
}

describe('A65 several files', () => {
  it('become one list with lines named by file and number, and duplicates across files', () => {
    const sources = [
      text('may.csv', 'qrCodeId,name', 'QR26AB0001,"Tea, Pune"', 'QR26AB0002,x'),
      text('june.txt', 'QR26AB0002', '', 'QR26AB0003', 'QR26AB0001\n'),
    ];
    expect(linesOf(sources)).toEqual([
      'may.csv:2 QR26AB0001',
      'may.csv:3 QR26AB0002',
      'june.txt:1 QR26AB0002 = may.csv:3',
      'june.txt:3 QR26AB0003',
      'june.txt:4 QR26AB0001 = may.csv:2',
    ]);
    expect(readSources(sources).list).toMatchObject({ ids: ['QR26AB0001', 'QR26AB0002', 'QR26AB0003'] });
  });

  it('need a choice of column for each, and give no id before all are chosen', () => {
    const table = ['old,new', 'QR25AB0001,QR26AB0001', 'QR25AB0002,QR26AB0002'];
    const [first, second] = [text('a.csv', ...table), text('b.csv', ...table)];
    const titles = (sources: readonly ListSource[]) =>
      readSources(sources).parts.map(({ choice }) => choice?.columns.map(({ title }) => title));
    expect(linesOf([first, second])).toEqual(['choose-column']);
    expect(titles([first, second])).toEqual([
      ['old', 'new'],
      ['old', 'new'],
    ]);
    const half = [first, { ...second, column: 1 }];
    expect(linesOf(half)).toEqual(['choose-column']);
    expect(readSources(half).list.counts.inList).toBe(0);
    const both = [
      { ...first, column: 0 },
      { ...second, column: 1 },
    ];
    expect(linesOf(both)).toEqual([
      'a.csv:2 QR25AB0001',
      'a.csv:3 QR25AB0002',
      'b.csv:2 QR26AB0001',
      'b.csv:3 QR26AB0002',
    ]);
    expect(readSources(both).list).toMatchObject({ columnName: 'old, new' });
  });

  it('are counted together, with each ID once', () => {
    const sources = [
      text('a.csv', 'QR Code ID,Payment ID', 'QR26AB0001,pay_29QQoUBi66xm2f', 'QR26AB0002,'),
      text('b.csv', 'QR Code ID,Payment ID', 'QR26AB0002,pay_29QQoUBi66xm2f', 'QR26AB0003,QR26AB0001'),
    ];
    const list = readSources([
      { ...sources[0], column: 0 } as ListSource,
      { ...sources[1], column: 0 } as ListSource,
    ]).list;
    expect(list.counts).toMatchObject({ inText: 4, inList: 3, leftOut: 1 });
    expect(list.ok && list.alsoElsewhere).toEqual(['QR26AB0001']);
  });

  it('add an included ID at its position', () => {
    const sources = [text('a.txt', 'QR26AB0001'), text('b.txt', 'Payment ID: QR26AB0002', 'QR26AB0003')];
    const { list, parts } = readSources(sources);
    expect(list.ok && list.ids).toEqual(['QR26AB0001', 'QR26AB0003']);
    expect(list.leftOut.map(({ line, text: left }) => [lineName(parts, line), left])).toEqual([
      ['b.txt:1', 'QR26AB0002'],
    ]);
    const taken = readSources(sources, new Set(['QR26AB0002'])).list;
    expect(taken.ok && taken.ids).toEqual(['QR26AB0001', 'QR26AB0002', 'QR26AB0003']);
    expect(taken.leftOut).toEqual([]);
  });

  it('are read even if one of them has no ids', () => {
    expect(linesOf([text('empty.csv', ''), text('a.csv', 'QR26AB0001')])).toEqual(['a.csv:1 QR26AB0001']);
    expect(linesOf([text('empty.csv', ''), text('b.csv', '\n')])).toEqual(['nothing']);
  });

  it('are refused as a whole if they have too many ids', () => {
    const ids = (from: number) => Array.from({ length: 60_000 }, (_, index) => `QR26AB${from + index}`);
    expect(linesOf([text('a', ...ids(100_000)), text('b', ...ids(200_000))])).toEqual(['too-many']);
  });

  it('keep their line numbers with any line breaks, even if one has only a heading', () => {
    const ends = fc.constantFrom('\n', '\r\n', '\r', '');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), ends), { minLength: 2, maxLength: 4 }), (files) => {
        const sources = files.map(([blank, end], index): ListSource => {
          const lineBreak = end === '' ? '\n' : end;
          return { name: `f${index}`, text: `${lineBreak.repeat(blank)}QR26AB00${index}${end}` };
        });
        expect(linesOf(sources)).toEqual(
          files.map(([blank], index) => `f${index}:${blank + 1} QR26AB00${index}`),
        );
      }),
    );
  });

  it('name lines without the file if there is only one', () => {
    expect(linesOf([text('a.csv', 'QR26AB0001')])).toEqual(['1 QR26AB0001']);
  });
});

describe('A65 a sheet', () => {
  it('keeps the numbers of its rows despite gaps, quotes and line breaks within cells', () => {
    const source = sheet([
      row(2, 'QR Code ID', 'Name'),
      row(4, 'QR26AB0001', '"Big"\nBazaar'),
      row(9, 'QR26AB0002', 'a\tb'),
    ]);
    expect(linesOf([source])).toEqual(['4 QR26AB0001', '9 QR26AB0002']);
    expect(sourcesText([source]).split('\n')[3]).toContain('QR26AB0001');
  });

  it('refuses numbers that the spreadsheet has damaged', () => {
    const damaged: SheetRow = {
      number: 2,
      cells: [{ text: '1.23456789012346E+17', kind: 'number', damaged: true }],
    };
    expect(linesOf([sheet([row(1, 'qrCodeId'), damaged, row(3, 'QR26AB0001')])])).toEqual([
      '2 ! 1.23456789012346E+17',
      '3 QR26AB0001',
    ]);
  });

  it('reports an ID of six characters in another column, wherever its digit is', () => {
    const { list } = readSources([sheet([row(1, 'QR Code ID', 'Link'), row(2, 'QR26AB0001', 'AB1CDE')])]);
    const reason = { code: 'column', title: 'Link' };
    expect(list.leftOut).toEqual([{ line: 2, text: 'AB1CDE', isId: true, reason }]);
  });

  it('is read even if it is hidden, because the operator chose it', () => {
    const source = sheet([row(1, 'QR26AB0001')]);
    expect(linesOf([{ ...source, sheet: { ...source.sheet, hidden: true } }])).toEqual(['1 QR26AB0001']);
  });

  it('leaves out hidden rows unless the operator includes them', () => {
    const rows: SheetRow[] = [
      row(1, 'QR26AB0001'),
      { ...row(2, 'QR26AB0002'), hidden: 'filtered' },
      row(3, 'QR26AB0003'),
    ];
    expect(hiddenRowCount(sheet(rows).sheet)).toBe(1);
    expect(linesOf([sheet(rows)])).toEqual(['1 QR26AB0001', '3 QR26AB0003']);
    expect(readSources([sheet(rows)]).list.leftOut).toEqual([
      { line: 2, text: 'QR26AB0002', isId: true, reason: { code: 'hidden' } },
    ]);
    expect(linesOf([sheet(rows, true)])).toEqual(['1 QR26AB0001', '2 QR26AB0002', '3 QR26AB0003']);
    expect(linesOf([sheet(rows.slice(1, 2))])).toEqual(['nothing']);
  });

  it('reports each ID of a hidden row with its line, including numbers, short and damaged ones', () => {
    const hidden = (number: number, ...texts: string[]): SheetRow => ({
      ...row(number, ...texts),
      hidden: 'hidden',
    });
    const { list } = readSources([
      sheet([
        row(1, 'QR Code ID', 'Name'),
        row(2, '261102345678', 'Gate 1'),
        hidden(3, '261102345679', 'Gate 2'),
        hidden(4, 'AB12', 'Gate 3'),
        hidden(5, '2.61102E+11', 'Gate 4'),
        hidden(6, '', 'Gate 5'),
      ]),
    ]);
    const reason = { code: 'hidden' };
    expect(list.leftOut).toEqual([
      { line: 3, text: '261102345679', isId: true, reason },
      { line: 4, text: 'AB12', isId: true, reason },
      { line: 5, text: '2.61102E+11', isId: true, reason },
      { line: 6, text: 'Gate 5', isId: false, reason },
    ]);
    expect(list.counts).toEqual({ inText: 4, inList: 1, leftOut: 3, otherLines: 1 });
  });

  it('reports the IDs of hidden rows before the choice of a column, and takes none of all columns', () => {
    const rows: SheetRow[] = [
      row(1, 'QR26AB0001', 'QR27AB0001'),
      { ...row(2, 'QR26AB0002', 'QR27AB0002'), hidden: 'filtered' },
      row(3, 'QR26AB0003', 'QR27AB0003'),
    ];
    const hidden = ['2 QR26AB0002 hidden', '2 QR27AB0002 hidden'];
    const leftOutOf = ({ list }: SourcesRead) =>
      list.leftOut.map(({ line, text, reason }) => `${line} ${text} ${reason.code}`);
    expect(linesOf([sheet(rows)])).toEqual(['choose-column']);
    expect(leftOutOf(readSources([sheet(rows)]))).toEqual(hidden);
    const all: ListSource = { ...sheet(rows), column: 'all' };
    expect(linesOf([all])).toEqual(['1 QR26AB0001', '1 QR27AB0001', '3 QR26AB0003', '3 QR27AB0003']);
    expect(leftOutOf(readSources([all]))).toEqual(hidden);
  });
});
