import { describe, expect, it } from 'vitest';
import { parseInput } from '../qr-code-id/parse-entry.ts';
import { idProblemText } from './id-problem.ts';

function problemTextOf(text: string): string {
  const entry = parseInput(text);
  return entry.kind === 'none' ? idProblemText(entry.problem) : '';
}

describe('the problem of an invalid id', () => {
  it.each([
    ['A1', ' ', 'Enter a QR code ID.'],
    ['A2', 'a/b', 'it contains “/”. Nothing was sent.'],
    ['A4', 'QRаDU7U9N12', 'it contains “а” U+0430 CYRILLIC LETTER. Nothing was sent.'],
    ['A5', 'a'.repeat(65), 'it has 65 characters, and an ID has at most 64. Nothing was sent.'],
    ['A5', 'ab', 'it has 2 characters, and an ID has at least 4. Nothing was sent.'],
    ['A6', '1.23E+15', 'damaged by a spreadsheet'],
    ['A3', 'https://pay.example/', 'No QR code ID could be found for sure in this link'],
    ['A3', 'nothing in here', 'No QR code ID in this text. Nothing was sent.'],
    [
      'A7',
      Array.from({ length: 100_001 }, (_, index) => `QR${1_000_000 + index}AB`).join(' '),
      'More than 1,00,000 IDs. Nothing was taken.',
    ],
  ])('%s %# is named', (_, text, words) => {
    expect(problemTextOf(text)).toContain(words);
  });
});
