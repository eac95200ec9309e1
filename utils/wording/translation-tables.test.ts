import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../i18n/language.ts';

const ROOT = join(import.meta.dirname, '../..');
const TABLES = join(ROOT, 'tests/fixtures/translations');

interface Row {
  key: string;
  proposed: string;
  severity: string;
}

/** The rows of a reviewer's table: key, current text, proposed text, severity, reason. */
function rowsOf(language: string): Row[] {
  const [, ...lines] = readFileSync(join(TABLES, `${language}.tsv`), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => {
    const [key = '', , proposed = '', severity = ''] = line.split('\t');
    return { key, proposed, severity };
  });
}

function textsOf(language: string): Record<string, { message: string } | undefined> {
  return JSON.parse(readFileSync(join(ROOT, 'public/_locales', language, 'messages.json'), 'utf8'));
}

/** The rows that docs/languages.md lists as not taken, with the reason. */
const NOT_TAKEN = [
  ...readFileSync(join(ROOT, 'docs/languages.md'), 'utf8').matchAll(
    /^\| `(\w\w)` \| `([^`]+)` \| (.+) \|$/gm,
  ),
].map(([, language = '', key = '', reason = '']) => ({ language, key, reason }));
const isListed = (language: string, key: string) =>
  NOT_TAKEN.some((row) => row.language === language && row.key === key);

describe('the tables of the review', () => {
  it('are one for each language, and the glossary', () => {
    const expected = [...LANGUAGES, 'glossary'].map((name) => `${name}.tsv`);
    expect(readdirSync(TABLES).toSorted()).toEqual(expected.toSorted());
  });

  it.each(LANGUAGES)('%s: every row is taken, or docs/languages.md says why not', (language) => {
    const rows = rowsOf(language);
    const texts = textsOf(language);
    expect(rows.length).toBeGreaterThan(60);
    const open = rows.filter(
      ({ key, proposed }) => texts[key]?.message !== proposed && !isListed(language, key),
    );
    expect(open).toEqual([]);
  });

  it('have each row that docs/languages.md lists, and its text is another one', () => {
    const wrong = NOT_TAKEN.filter(({ language, key }) => {
      const row = rowsOf(language).find((one) => one.key === key);
      return !row || textsOf(language)[key]?.message === row.proposed;
    });
    expect(NOT_TAKEN.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
    expect(NOT_TAKEN.filter(({ reason }) => reason.length < 15)).toEqual([]);
  });
});
