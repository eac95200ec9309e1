import { describe, expect, it } from 'vitest';
import { calcFile, odsFile } from '../../tests/support/spreadsheet-files.ts';
import { openOds } from './read-ods.ts';
import { openXlsx } from './read-xlsx.ts';
import type { Sheet } from './sheet.ts';
import { openZip } from './zip.ts';

const NO_PAUSE = async () => undefined;
const open = (bytes: Uint8Array<ArrayBuffer>) => openOds(openZip(bytes), NO_PAUSE);
const texts = ({ rows }: Sheet) =>
  rows.map(({ number, cells }) => [number, ...cells.map((cell) => cell?.text)]);
const row = (cells: string, attributes = '') => `<table:table-row ${attributes}>${cells}</table:table-row>`;
const cell = (content: string, attributes = 'office:value-type="string"') =>
  `<table:table-cell ${attributes}>${content}</table:table-cell>`;
const readOne = async (rows: string) =>
  (await open(odsFile(`<table:table table:name="One">${rows}</table:table>`))).read(0);

describe('a spreadsheet of LibreOffice Calc', () => {
  it('reads the same as .ods and as .xlsx', async () => {
    const ods = await open(calcFile('codes.ods'));
    const xlsx = await openXlsx(openZip(calcFile('codes.xlsx')), NO_PAUSE);
    expect(ods.sheets).toEqual(xlsx.sheets);
    for (const index of [0, 1, 2]) expect(await ods.read(index)).toEqual(await xlsx.read(index));
  });
});

describe('the cells of an .ods', () => {
  it('have the text of spaces, tabs, lines and links, without comments and pictures', async () => {
    const sheet = await readOne(
      row(
        cell(
          '<office:annotation><text:p>QR26COMMENT</text:p></office:annotation><draw:frame><text:p>QR26SHAPE</text:p></draw:frame>' +
            '<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/><text:a>QR26<text:span>X</text:span></text:a>\n  d</text:p><text:p>e</text:p>',
        ),
      ),
    );
    expect(texts(sheet)).toEqual([[1, 'a  b\tc\nQR26X d\ne']]);
  });

  it('are repeated as declared, except a million empty ones', async () => {
    const sheet = await readOne(
      row(cell('<text:p>a</text:p>', 'office:value-type="string" table:number-columns-repeated="3"')) +
        row(
          '<table:table-cell table:number-columns-repeated="16384"/>',
          'table:number-rows-repeated="1000"',
        ) +
        row(cell('<text:p>b</text:p>'), 'table:number-rows-repeated="2"') +
        row(
          '<table:table-cell table:number-columns-repeated="16384"/>',
          'table:number-rows-repeated="1047573"',
        ),
    );
    expect(texts(sheet)).toEqual([
      [1, 'a', 'a', 'a'],
      [1002, 'b'],
      [1003, 'b'],
    ]);
  });

  it('are read in groups of rows, in headings and under merged cells', async () => {
    const sheet = await readOne(
      `<table:table-header-rows>${row(cell('<text:p>a</text:p>'))}</table:table-header-rows>` +
        `<table:table-row-group><table:table-row-group>${row(cell('<text:p>b</text:p>'), 'table:visibility="collapse"')}</table:table-row-group></table:table-row-group>` +
        row(
          `${cell('<text:p>c</text:p>')}<table:covered-table-cell office:value-type="string"><text:p>d</text:p></table:covered-table-cell>`,
        ),
    );
    expect(texts(sheet)).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c', 'd'],
    ]);
    expect(sheet.rows[1]?.hidden).toBe('hidden');
  });

  it('have the formula as text if it has no result', async () => {
    const sheet = await readOne(row('<table:table-cell table:formula="of:=[.A1]"/>'));
    expect(sheet.rows[0]?.cells).toEqual([{ text: '=[.A1]', kind: 'formula' }]);
  });
});

describe('an .ods', () => {
  it('has only its own sheets, without those of tracked changes and other files', async () => {
    const { sheets } = await open(
      odsFile(
        '<table:tracked-changes><table:deletion><table:table table:name="Gone"/></table:deletion></table:tracked-changes>' +
          '<table:table table:name="One"/><table:table table:name="file:///x#One"><table:table-source/></table:table>' +
          `<table:table table:name="Two">${row(cell('<text:p>b</text:p>'))}</table:table>`,
      ),
    );
    expect(sheets.map(({ name }) => name)).toEqual(['One', 'Two']);
  });

  it('gives the chosen sheet, regardless of the content before it', async () => {
    const book = await open(
      odsFile(
        `<table:table table:name="x"><table:table-source/></table:table><table:table table:name="One">${row(cell('<text:p>a</text:p>'))}</table:table>` +
          `<table:table table:name="Two">${row(cell('<text:p>b</text:p>'))}</table:table>`,
      ),
    );
    expect(texts(await book.read(1))).toEqual([[1, 'b']]);
  });

  it('is refused with `password` if it is encrypted', async () => {
    const manifest =
      '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    await expect(open(odsFile('', { 'META-INF/manifest.xml': manifest }))).rejects.toMatchObject({
      problem: 'password',
    });
  });

  it.each(['16385', '0', 'many', '-1'])('is refused if a cell repeats %s times', async (count) => {
    const reading = readOne(
      row(cell('<text:p>a</text:p>', `office:value-type="string" table:number-columns-repeated="${count}"`)),
    );
    await expect(reading).rejects.toMatchObject({ problem: 'damaged' });
  });

  it('is refused if its repeated cells fill a sheet, however small the file is', async () => {
    const reading = readOne(
      row(
        cell('<text:p>a</text:p>', 'office:value-type="string" table:number-columns-repeated="16384"'),
        'table:number-rows-repeated="1048576"',
      ),
    );
    await expect(reading).rejects.toMatchObject({ problem: 'too-large' });
  });
});
