import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { readListFile } from '../qr-code-id/read-file.ts';
import type { Sheet } from '../qr-code-id/sheet.ts';
import { type Row, xlsxOf } from './xlsx.ts';

const identity = (row: Row) => row;

async function write(rows: readonly Row[]): Promise<Blob> {
  return new Blob(await xlsxOf('Results', rows, identity, systemClock));
}

async function read(file: Blob): Promise<Sheet> {
  const opened = await readListFile(new File([file], 'results.xlsx'), systemClock);
  if (opened.kind !== 'spreadsheet') throw new Error(JSON.stringify(opened));
  expect(opened.spreadsheet.sheets).toEqual([{ name: 'Results', hidden: false }]);
  return opened.spreadsheet.read(0);
}

const cellsOf = ({ rows }: Sheet) =>
  rows.map(({ cells }) => cells.map((cell) => cell && [cell.text, cell.kind]));
async function partOf(file: Blob, name: string): Promise<string> {
  const part = unzipSync(new Uint8Array(await file.arrayBuffer()))[name];
  return part ? strFromU8(part) : '';
}

/** Texts that a spreadsheet may read as a number, a date or a formula, and texts that XML can't contain. */
const HOSTILE = [
  '00123456',
  '1234567890123456789',
  '1E5',
  '22-11-2026',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  'TRUE',
  '#N/A',
  ' leading and trailing ',
  'a\nb\tc\rd',
  '<b>&amp;"\'',
  '_x0041_',
  '\u0000\u001f\ufffe',
  'दुकान 🙂',
];

describe('an Excel workbook', () => {
  it('keeps texts as texts and amounts as numbers', async () => {
    const file = await write(HOSTILE.map((text, index) => ({ qrCodeId: text, amount: index + 0.5 })));
    expect(cellsOf(await read(file))).toEqual([
      [
        ['qrCodeId', 'text'],
        ['amount', 'text'],
      ],
      ...HOSTILE.map((text, index) => [
        [text, 'text'],
        [String(index + 0.5), 'number'],
      ]),
    ]);
  });

  it('keeps arbitrary texts and numbers', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.integer(),
      fc.double({ noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ a: cell, b: cell }), { minLength: 1, maxLength: 20 }),
        async (rows) => {
          const [, ...cells] = (await read(await write(rows))).rows;
          const texts = cells.map((row) => row.cells.map((each) => each?.text));
          const same = (value: string | number, text: string | undefined) =>
            typeof value === 'number' ? Number(text) === value : text === value;
          for (const [index, { a, b }] of rows.entries())
            expect([same(a, texts[index]?.[0]), same(b, texts[index]?.[1])]).toEqual([true, true]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has no formulas, and has texts in the format Text', async () => {
    const sheet = await partOf(await write(HOSTILE.map((text) => ({ text }))), 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toMatch(/<f[ >]/);
    expect(sheet.match(/ s="1" t="inlineStr"/g)).toHaveLength(HOSTILE.length);
  });

  it('stores a number as text if a spreadsheet would round it', async () => {
    const file = await write([{ amount: 2 ** 60 }, { amount: Number.NaN }]);
    const [, ...rows] = cellsOf(await read(file));
    expect(rows).toEqual([[[String(2 ** 60), 'text']], [['NaN', 'text']]]);
  });

  it('cuts a text that is longer than Excel’s limit', async () => {
    const [, row] = (await read(await write([{ message: 'x'.repeat(40_000) }]))).rows;
    expect(row?.cells[0]?.text).toBe(`${'x'.repeat(32_766)}…`);
  });

  it('is valid without rows', async () => {
    expect(await read(await write([]))).toEqual({ name: 'Results', rows: [] });
  });

  it('yields to the page while it is created', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => ({
      qrCodeId: `QR26${index}`,
      name: 'x'.repeat(50),
    }));
    let slept = 0;
    const sleep = async () => {
      slept += 1;
    };
    const clock = { now: systemClock.now, sleep };
    await xlsxOf('Results', rows, identity, clock);
    expect(slept).toBeGreaterThan(2);
  });
});

const run = promisify(execFile);
const SOFFICE = '/usr/bin/soffice';

// LibreOffice is 200 MB, so CI only reads files that it wrote earlier (read-xlsx.test.ts).
describe.runIf(existsSync(SOFFICE))('an Excel workbook that LibreOffice Calc opens and saves', () => {
  it.each(['xlsx', 'ods'])(
    'keeps the same texts and numbers as .%s',
    { timeout: 120_000 },
    async (format) => {
      const folder = await mkdtemp(join(tmpdir(), 'qr-cancel-calc-'));
      try {
        // Calc drops U+FFFE and U+0000, and converts a lone CR to a line break.
        const texts = HOSTILE.filter((text) => !text.includes('\u0000') && !text.includes('\r'));
        const rows = texts.map((text, index) => ({ qrCodeId: text, amount: index + 0.5 }));
        const file = join(folder, 'results.xlsx');
        await writeFile(file, await (await write(rows)).bytes());
        const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
        const out = join(folder, 'out');
        await run(SOFFICE, [profile, '--headless', '--convert-to', format, '--outdir', out, file]);
        const [, ...saved] = cellsOf(await read(new Blob([await readFile(join(out, `results.${format}`))])));
        expect(saved).toEqual(
          rows.map(({ qrCodeId, amount }) => [
            [qrCodeId, 'text'],
            [String(amount), 'number'],
          ]),
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});
