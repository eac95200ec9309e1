import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { textOfFile } from '../../tests/support/text-of-file.ts';
import { systemClock } from '../lib/clock.ts';
import { PersistentVector } from '../lib/persistent-vector.ts';
import { csvOf } from './csv.ts';

const TEXTS = [
  'Counter 4',
  'a,b',
  'say "yes"',
  '=1+1',
  ' \n＝SUM(A1)',
  '',
  'line\r\nbreak',
  ' spaces ',
  'चाय',
  '\ud800',
];
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    text: TEXTS[index % TEXTS.length] ?? '',
    last: index % 3 === 0 ? '' : index / 4,
  }));
const cellsOf = (row: ReturnType<typeof rowsOf>[number]) => row;

describe('a CSV in parts', () => {
  it.each([0, 1, 99, 100, 101, 1_234])(
    'has the bytes of %i rows that are converted at once',
    async (count) => {
      const rows = rowsOf(count);
      const whole = Papa.unparse(rows, {
        escapeFormulae: /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u,
        newline: '\r\n',
      });
      const expected = `\ufeff${whole.toWellFormed()}`;
      expect(textOfFile(await csvOf(rows, cellsOf, systemClock))).toBe(expected);
      const vector = PersistentVector.from(rows);
      expect(textOfFile(await csvOf(vector, cellsOf, systemClock))).toBe(expected);
    },
  );

  it('lets the page handle its events between the parts', async () => {
    let now = 0;
    let pauses = 0;
    const clock = {
      now: () => now,
      sleep: async () => {
        pauses += 1;
      },
    };
    await csvOf(
      rowsOf(1_000),
      (row) => {
        now += 1;
        return row;
      },
      clock,
    );
    expect(pauses).toBe(10);
  });
});
