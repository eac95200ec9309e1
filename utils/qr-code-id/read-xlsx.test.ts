import { describe, expect, it } from 'vitest';
import { makeZip } from '../../tests/support/make-zip.ts';
import { calcFile, type XlsxParts, xlsxFile, xlsxParts } from '../../tests/support/spreadsheet-files.ts';
import { openXlsx } from './read-xlsx.ts';
import type { Sheet } from './sheet.ts';
import { openZip } from './zip.ts';

const open = (bytes: Uint8Array<ArrayBuffer>) => openXlsx(openZip(bytes), async () => undefined);
const readOne = async (parts: XlsxParts) => (await open(xlsxFile(parts))).read(0);
const texts = ({ rows }: Sheet) =>
  rows.map(({ number, cells }) => [number, ...cells.map((cell) => cell?.text)]);

describe('a workbook of LibreOffice Calc', () => {
  it('has the names of its sheets, and marks the hidden one', async () => {
    expect((await open(calcFile('codes.xlsx'))).sheets).toEqual([
      { name: 'Codes', hidden: false },
      { name: 'Filtered', hidden: false },
      { name: 'Secret <old>', hidden: true },
    ]);
  });

  it('is read as shown: zeros, prefixes, dates, results and errors, without comments', async () => {
    const sheet = await (await open(calcFile('codes.xlsx'))).read(0);
    expect(texts(sheet)).toEqual([
      [1, 'QR Code ID', 'Name', 'Amount', 'Old QR', 'Made on', 'Number', 'Other'],
      [2, 'QR26ABCDEFGHJ1', 'Gate 1 & café', '1500.5', 'QR25ABCDEFGHJ1', '2026-11-22', '0000123456', 'TRUE'],
      [3, 'QR26ABCDEFGHJ2', 'Gate 2'],
      [
        4,
        'QR26110234',
        'first line\nsecond line',
        '0.3',
        undefined,
        undefined,
        '1.23456789012346E+17',
        '#N/A',
      ],
      [8, 'QR26ABCDEFGHJ4', 'Gate 4', undefined, undefined, undefined, '261102345678912', 'QR26ABCDEFGHJ9'],
      [9, 'QR26ABCDEFGHJ4', 'Gate 4', undefined, undefined, undefined, '261102345678912'],
    ]);
    expect(sheet.hiddenColumns).toEqual([3]);
    expect(sheet.rows.map(({ hidden }) => hidden)).toEqual([undefined, undefined, 'hidden', ...Array(3)]);
    expect(sheet.rows.flatMap(({ cells }) => cells.filter((cell) => cell?.damaged))).toHaveLength(1);
  });

  it('distinguishes filtered rows from hidden ones', async () => {
    const sheet = await (await open(calcFile('codes.xlsx'))).read(1);
    expect(sheet.rows.map(({ hidden }) => hidden)).toEqual([undefined, undefined, 'filtered', undefined]);
  });
});

describe('the cells of a workbook', () => {
  it('are found without references, after gaps, and with prefixes of elements', async () => {
    const sheet = await readOne({
      sheet:
        '<x:sheetData xmlns:x="y"><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>7</x:v></x:c></x:row>' +
        '<x:row r="5"><x:c r="AB5" t="str"><x:v>b</x:v></x:c></x:row></x:sheetData>',
    });
    expect(texts(sheet)).toEqual([
      [1, 'a', '7'],
      [5, ...Array(27).fill(undefined), 'b'],
    ]);
  });

  it('have their rich text joined, without reading aids, and with escaped characters decoded', async () => {
    const sheet = await readOne({
      strings:
        '<si><r><t>QR26</t></r><r><t xml:space="preserve">ABCD </t></r><rPh sb="0" eb="1"><t>QR99</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>',
      sheet: '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row></sheetData>',
    });
    expect(texts(sheet)).toEqual([[1, 'QR26ABCD ', 'a\rb_x0041_']]);
  });

  it('have the formula as text if the file lacks its result', async () => {
    const sheet = await readOne({
      sheet: '<sheetData><row><c><f>A1&amp;"x"</f></c><c t="str"><f>""</f><v></v></c></row></sheetData>',
    });
    expect(sheet.rows[0]?.cells).toEqual([{ text: '=A1&"x"', kind: 'formula' }]);
  });

  it('have dates of the workbook’s date system', async () => {
    const sheet = await readOne({
      workbook: '<workbookPr date1904="1"/>',
      styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
      sheet: '<sheetData><row><c s="1"><v>44886</v></c><c s="0"><v>44886</v></c></row></sheetData>',
    });
    expect(texts(sheet)).toEqual([[1, '2026-11-22', '44886']]);
  });
});

describe('a workbook is refused', () => {
  it.each([
    ['without its sheet', { 'xl/worksheets/sheet1.xml': undefined }],
    ['without its workbook', { 'xl/workbook.xml': undefined }],
    ['with XML that ends too early', { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row>' }],
    ['with a missing text', { 'xl/worksheets/sheet1.xml': sheetOf('<row><c t="s"><v>3</v></c></row>') }],
    [
      'with rows in a wrong order',
      { 'xl/worksheets/sheet1.xml': sheetOf('<row r="2"><c><v>1</v></c></row><row r="1"/>') },
    ],
    [
      'with a cell before the one before it',
      { 'xl/worksheets/sheet1.xml': sheetOf('<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>') },
    ],
    [
      'with a column out of range',
      { 'xl/worksheets/sheet1.xml': sheetOf('<row><c r="XFE1"><v>1</v></c></row>') },
    ],
    [
      'with an entity of its own',
      {
        'xl/worksheets/sheet1.xml': `<!DOCTYPE w [<!ENTITY e "QR26">]>${sheetOf('<row><c t="str"><v>&e;</v></c></row>')}`,
      },
    ],
  ])('%s as damaged', async (_, changed) => {
    const parts = Object.entries({ ...xlsxParts({ sheet: '' }), ...changed });
    const left = Object.fromEntries(parts.filter((part): part is [string, string] => part[1] !== undefined));
    const reading = open(makeZip(left)).then((book) => book.read(0));
    await expect(reading).rejects.toMatchObject({ problem: 'damaged' });
  });

  it('if it declares more cells than fit in memory, however small the file is', async () => {
    const row = '<row><c r="XFD1"><v>1</v></c></row>'.replaceAll('XFD1', 'XFD');
    const reading = readOne({ sheet: `<sheetData>${row.repeat(400)}</sheetData>` });
    await expect(reading).rejects.toMatchObject({ problem: 'too-large' });
  });
});

function sheetOf(rows: string): string {
  return `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
}
