import { describe, expect, it } from 'vitest';
import { parseInput } from './parse-entry.ts';
import { readList } from './read-list.ts';

const ID = 'QR26ABCDEFGHJ1';

describe('A63 decoration around an ID', () => {
  it.each([
    ['✅ID', '✅'],
    ['ID✅', '✅'],
    ['📌ID📌', '📌 📌'],
    ['1️⃣ID', '1️⃣'],
    ['👉🏽ID', '👉🏽'],
    ['(☑️ID)', '☑️'],
    ['ID%20', '%20'],
    ['%20ID%0A', '%20 %0A'],
    ['ID&nbsp;', '&nbsp'],
    ['ID&#160;', '&#160'],
  ])('is removed and named: %s', (text, decoration) => {
    const entered = text.replace('ID', ID);
    const note = { code: 'decoration', text: decoration };
    // The text is not exactly the ID, so a cancel needs a confirmation.
    expect(parseInput(entered)).toEqual({ kind: 'one', qrCodeId: ID, occurrences: 1, isExact: false, note });
    expect(readList({ text: `${entered}\nQR26ABCDEFGHJ2` })).toMatchObject({
      ok: true,
      lines: [
        { kind: 'valid', qrCodeId: ID, note },
        { kind: 'valid', qrCodeId: 'QR26ABCDEFGHJ2' },
      ],
    });
  });

  it('is removed in a table too', () => {
    const text = `QR Code ID,Name\n✅${ID},Gate 1\nQR26ABCDEFGHJ2%20,Gate 2\nQR26ABCDEFGHJ3&nbsp;,Gate 3`;
    expect(readList({ text })).toMatchObject({ ok: true, ids: [ID, 'QR26ABCDEFGHJ2', 'QR26ABCDEFGHJ3'] });
  });

  it.each([
    'QR26ABCD%20EFGHJ1',
    'QR26ABCD✅EFGHJ1',
    'QR26ABCD&nbsp;EFGHJ1',
    `✅${ID}✅QR26ABCDEFGHJ2`,
    `${ID}1️⃣`,
    'QR26ABCDEFGHJ1️⃣',
  ])('makes the ID invalid if it is inside: %s', (text) => {
    const list = readList({ text });
    expect(list.ok ? list.ids : []).not.toContain(ID);
    expect(list.leftOut.length).toBeGreaterThan(0);
  });
});
