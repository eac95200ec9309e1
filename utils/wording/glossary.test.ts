import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXCEPTIONS, READ, REPLACED, TERMS, type Term } from '../../tests/fixtures/glossary-terms.ts';
import { LANGUAGES } from '../i18n/language.ts';

const ROOT = join(import.meta.dirname, '../..');

function textsOf(language: string): [key: string, text: string][] {
  const file = readFileSync(join(ROOT, 'public/_locales', language, 'messages.json'), 'utf8');
  const entries = Object.entries(JSON.parse(file) as Record<string, { message: string }>);
  return entries.map(([key, { message }]) => [key, message]);
}

const english = new Map(textsOf('en'));
const TRANSLATED = LANGUAGES.filter((language) => language !== 'en');

/** The glossary: for each term its word in each language. */
const [head = [], ...rows] = readFileSync(join(ROOT, 'tests/fixtures/translations/glossary.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));
const wordOf = (term: string, language: string) =>
  rows.find(([name]) => name === term)?.[head.indexOf(language)] ?? '';

const stemOf = (key: string) => key.replace(/(?:One|Other)$/, '');
const isExcept = ({ row }: Term, key: string) =>
  [key, stemOf(key)].some((name) => EXCEPTIONS[row]?.[name] !== undefined);

describe.each(TRANSLATED)('%s', (language) => {
  const texts = textsOf(language);

  it.each(TERMS.map((term) => [term.row, term] as const))('has one word for “%s”', (_, term) => {
    const withTerm = texts.filter(([key]) => term.english.test(english.get(key) ?? ''));
    expect(withTerm.length).toBeGreaterThan(0);
    const without = withTerm.filter(
      ([key, text]) => !term.stems[language].test(text) && !isExcept(term, key),
    );
    expect(without).toEqual([]);
  });

  it.each(TERMS.map((term) => [term.row, term] as const))(
    'takes its word for “%s” from the glossary',
    (_, term) => {
      expect(wordOf(term.row, language)).toMatch(term.stems[language]);
    },
  );

  it('has none of the words that the glossary replaces', () => {
    expect(texts.filter(([, text]) => REPLACED[language].test(text))).toEqual([]);
  });

  it('says “read” of texts and files only', () => {
    const isRead = (key: string) => /\bread|unreadable/i.test(english.get(key) ?? '');
    expect(texts.filter(([key, text]) => READ[language].test(text) && !isRead(key))).toEqual([]);
  });
});

describe('the exceptions of the glossary', () => {
  it('are texts that lack the term in some language', () => {
    const texts = TRANSLATED.map((language) => [language, textsOf(language)] as const);
    const needed = (term: Term, name: string) =>
      texts.some(([language, entries]) =>
        entries.some(
          ([key, text]) =>
            (key === name || stemOf(key) === name) &&
            term.english.test(english.get(key) ?? '') &&
            !term.stems[language].test(text),
        ),
      );
    const unneeded = TERMS.flatMap((term) =>
      Object.keys(EXCEPTIONS[term.row] ?? {}).filter((name) => !needed(term, name)),
    );
    expect(unneeded).toEqual([]);
    expect(Object.keys(EXCEPTIONS).filter((row) => !TERMS.some((term) => term.row === row))).toEqual([]);
  });
});

it('never says “read” of a QR code in English, unless a picture of it is read', () => {
  const isRead = (text: string) =>
    /\bread(?:ing)?\b[^.:]*\bQR codes?\b|QR codes?\b[^.:]*\bread\b/i.test(text);
  const codes = [...english].filter(([key, text]) => isRead(text) && !/^(?:camera|find)[A-Z]/.test(key));
  expect(codes).toEqual([]);
});
