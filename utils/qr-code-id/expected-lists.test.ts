import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeIdFile } from './decode-file.ts';
import { readList } from './read-list.ts';

const FOLDER = 'tests/lists/';

/** Short names of ids in the table of expectations: J1 is QR26ABCDEFGHJ1, N1 is QR26110234567891. */
function idOf(name: string): string {
  if (/^J\d$/.test(name)) return `QR26ABCDEFGH${name}`;
  return /^N\d$/.test(name) ? `QR2611023456789${name[1]}` : name;
}

function expectedIds(text: string): string[] {
  const range = /^J(\d)–J(\d)$/.exec(text);
  if (!range) return text.split(' ').map(idOf);
  return Array.from({ length: Number(range[2]) - Number(range[1]) + 1 }, (_, at) =>
    idOf(`J${at + Number(range[1])}`),
  );
}

const cases = readFileSync(`${FOLDER}expected.tsv`, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('file\t'))
  .map((line) => line.split('\t') as [string, string, string]);

function read(file: string, column?: number) {
  const decoded = decodeIdFile(readFileSync(FOLDER + file));
  if (!decoded.ok) throw new Error(decoded.problem.code);
  return readList({ text: decoded.text }, { column });
}

describe('A63 lists as people have them', () => {
  it.each(cases)('%s gives %s', (file, expected, remark) => {
    const list = read(file);
    if (expected.startsWith('ask')) {
      expect(list).toMatchObject({ ok: false, problem: { code: 'choose-column' } });
      const { problem } = list as { problem: { columns: unknown[] } };
      expect(problem.columns).toHaveLength(Number(/\d/.exec(expected)?.[0]));
    } else if (expected === 'none') expect(list.ok ? list.ids : []).toEqual([]);
    else if (expected === 'one id') expect(list.ok && list.ids).toEqual(['QR26ABCDEFGHJ1']);
    else if (file === 'L46-rich.rtf')
      expect(list).toMatchObject({ ok: false, problem: { code: 'rich-text' } });
    else if (remark?.includes('or left out and said'))
      expect([...(list.ok ? list.ids : []), ...list.leftOut.map(({ text }) => text)].toSorted()).toEqual(
        expectedIds(expected),
      );
    else expect(list.ok && list.ids).toEqual(expectedIds(expected));
  });
});
