import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHistory } from '../../tests/support/history-rows.ts';
import { toEntry, toOpenEntry } from '../history/history-entry.ts';
import type { FullHistory } from '../history/history-follower.ts';
import { chainHash } from '../journal/hash-chain.ts';
import type { HistoryRow } from '../model/history-row.ts';
import { historyJson } from './history-export.ts';

const clock = { now: () => Date.UTC(2026, 10, 22), sleep: async () => undefined };
let folder: string;
let script: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qr-cancel-export-'));
  script = join(folder, 'verify.mjs');
  const manual = readFileSync(join(import.meta.dirname, '../../docs/history.md'), 'utf8');
  writeFileSync(script, String(/```js\n(.*?)```/s.exec(manual)?.[1]));
});
afterAll(() => rmSync(folder, { recursive: true }));

const exported = async (history: FullHistory) =>
  (await historyJson(history, [toOpenEntry(makeHistory(1, 0).rows[0] as never)], clock)).join('');

/** The output of the manual's script, which uses `node:crypto` only, for an export. */
function verify(text: string): string {
  const file = join(folder, 'export.json');
  writeFileSync(file, text);
  try {
    return execFileSync(process.execPath, [script, file], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch (error) {
    return String(/Error: (.*)/.exec(String((error as { stderr: string }).stderr))?.[1]);
  }
}

const intact = (count: number) => {
  const { ends, rows } = makeHistory(count, clock.now());
  return { ends, isHeadMissing: false, lines: rows.map(toEntry).toReversed() };
};
const without = (history: FullHistory, ...gone: number[]) => ({
  ...history,
  lines: history.lines.filter(({ record }) => !gone.includes(Number(record.row))),
});

describe('the JSON export', () => {
  it('passes the manual’s script, which uses node:crypto only', async () => {
    const text = await exported(intact(230));
    expect(verify(text)).toBe('230 rows, whole from row 1 to row 230.');
    expect(JSON.parse(text)).toMatchObject({
      format: 'qr-cancel-history',
      version: 1,
      exportedAt: '2026-11-22T00:00:00.000Z',
      open: [{ attemptId: 1 }],
    });
  });

  it('passes the script after an erasure, and without rows', async () => {
    const { ends, lines } = intact(9);
    const previousHash = String(lines.find(({ record }) => record.row === 4)?.record.hash);
    const content = {
      row: 10,
      action: 'erase',
      at: 1,
      by: 'retention',
      count: 4,
      lastErasedSequence: 4,
      lastHash: previousHash,
    };
    const hash = chainHash(ends.hash, content);
    const erasure = toEntry({ ...content, hash } as HistoryRow);
    const erased = {
      isHeadMissing: false,
      ends: { ...ends, firstSequence: 5, previousHash, row: 10, hash },
      lines: [erasure, ...lines.slice(0, 5)],
    };
    expect(verify(await exported(erased))).toBe('6 rows, whole from row 5 to row 10.');
    expect(verify(await exported(intact(0)))).toContain('0 rows');
  });

  it('fails the script if the chain head is or was missing', async () => {
    const { ends, lines } = intact(6);
    expect(verify(await exported({ ends, lines, isHeadMissing: true }))).toBe(
      'It is not known where the chain ends.',
    );
    const content = { row: 7, action: 'lost', at: 1 };
    const row = { ...content, hash: chainHash(ends.hash, content) };
    const restarted = {
      ends: { ...ends, ...row },
      isHeadMissing: false,
      lines: [toEntry(row as HistoryRow), ...lines],
    };
    expect(verify(await exported(restarted))).toBe(
      'After row 6 it was not known any more where the chain ends.',
    );
  });

  it.each([
    ['changed', 'Broken at row 3; expected row 3.'],
    ['removed', 'Broken at row 4; expected row 3.'],
    ['cut off', 'The end is missing.'],
    ['inserted', 'Broken at row 3; expected row 4.'],
  ])('fails the script if a row was %s', async (change, verdict) => {
    const history = intact(6);
    const third = history.lines.find(({ record }) => record.row === 3);
    const lines = history.lines.map((line) =>
      line === third ? toEntry({ ...line.record, qrCodeId: 'QR26OTHER' } as HistoryRow) : line,
    );
    const histories: Record<string, FullHistory> = {
      changed: { ...history, lines },
      removed: without(history, 3),
      'cut off': without(history, 6),
      inserted: {
        ...history,
        lines: history.lines.flatMap((line) => (line === third ? [line, line] : [line])),
      },
    };
    expect(verify(await exported(histories[change] as FullHistory))).toBe(verdict);
  });
});
