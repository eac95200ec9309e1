import { readFileSync } from 'node:fs';

/** One row of `tests/lists/expected.tsv`. */
export interface ExpectedList {
  file: string;
  ids: string[];
  /** The number of columns to choose from. Nothing is read before the choice. */
  columns: number | undefined;
  /** Whether ids may be left out instead, if the page reports that. */
  mayBeLeftOut: boolean;
}

/** Expands short names: J1 is QR26ABCDEFGHJ1, N1 is QR26110234567891. */
function idOf(name: string): string {
  if (/^J\d$/.test(name)) return `QR26ABCDEFGH${name}`;
  return /^N\d$/.test(name) ? `QR2611023456789${name[1]}` : name;
}

function idsOf(expected: string): string[] {
  if (expected === 'none' || expected.startsWith('ask')) return [];
  if (expected === 'one id') return ['QR26ABCDEFGHJ1'];
  const range = /^J(\d)–J(\d)$/.exec(expected);
  if (!range) return expected.split(' ').map(idOf);
  const [from, to] = [Number(range[1]), Number(range[2])];
  return Array.from({ length: to - from + 1 }, (_, at) => idOf(`J${at + from}`));
}

/** The lists in `tests/lists` with their expected results. */
export function expectedLists(): ExpectedList[] {
  return readFileSync('tests/lists/expected.tsv', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('file\t'))
    .map((line) => {
      const [file = '', expected = '', remark = ''] = line.split('\t');
      const columns = /^ask: (\d)/.exec(expected)?.[1];
      return {
        file,
        ids: idsOf(expected),
        columns: columns === undefined ? undefined : Number(columns),
        mayBeLeftOut: remark.includes('or left out and said'),
      };
    });
}

/** Whether a file is UTF-8 text, so that it can be pasted unchanged. */
export function idsReadable(file: string): boolean {
  return Buffer.from(readFileSync(`tests/lists/${file}`, 'utf8')).equals(readFileSync(`tests/lists/${file}`));
}
