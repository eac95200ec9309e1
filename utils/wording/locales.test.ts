import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../i18n/language.ts';

const LOCALES = join(import.meta.dirname, '../../public/_locales');

function textsOf(language: string): Record<string, string> {
  const file = readFileSync(join(LOCALES, language, 'messages.json'), 'utf8');
  const entries = Object.entries(JSON.parse(file) as Record<string, { message: string }>);
  return Object.fromEntries(entries.map(([key, { message }]) => [key, message]));
}

const english = textsOf('en');
const keys = Object.keys(english);
const textOf = (texts: Record<string, string>, key: string) => texts[key] ?? '';

/** The placeholders of the extension and of the browser (`%s`), sorted. */
const placeholders = (text: string) => [...new Set(text.match(/\$\d|%s/g))].sort();

/** The messages that a text quotes, for example the label of a button to press. */
function named(text: string): string[] {
  const quoted = [...text.matchAll(/“([^”]+)”/g)].map(([, words]) => words);
  return keys.filter((key) => quoted.includes(english[key])).map((key) => String(english[key]));
}

/** Words that every language writes in Latin letters. */
const LATIN =
  /QR Cancel(?: for EnKash)?|enkash\.in|about:addons|merchantAccessKey|EnKash|CANCEL|LIVE|UAT|HTTP|UPI|Shift|Space|Enter|CSV|JSON|PNG|JPEG|WebP|GIF|HEIC|Excel|LibreOffice|Numbers|PDF|RTF|XML|ZIP|\.xlsb|\.xlsx|\.xls|\.ods|\.eml|QR|ID|MB|A–Z/g;

const SCRIPTS: Readonly<Record<Exclude<Language, 'en'>, RegExp>> = {
  hi: /\p{Script=Devanagari}/u,
  mr: /\p{Script=Devanagari}/u,
  ta: /\p{Script=Tamil}/u,
  te: /\p{Script=Telugu}/u,
  bn: /\p{Script=Bengali}/u,
  gu: /\p{Script=Gujarati}/u,
  kn: /\p{Script=Kannada}/u,
};

describe('the languages', () => {
  it('are the folders in public/_locales', () => {
    expect(readdirSync(LOCALES).toSorted()).toEqual([...LANGUAGES].toSorted());
  });

  it.each(LANGUAGES)('%s names itself and its direction of writing', (language) => {
    const texts = textsOf(language);
    expect(texts.language).toBe(language);
    expect(texts.direction).toMatch(/^(?:ltr|rtl)$/);
  });

  it.each(LANGUAGES)(
    '%s has the count in every `…One` message, since some languages use that form for 0 too',
    (language) => {
      const texts = textsOf(language);
      const pairs = keys.filter((key) => key.endsWith('One') && key.replace(/One$/, 'Other') in english);
      expect(pairs.length).toBeGreaterThan(20);
      for (const key of pairs) {
        expect(textOf(texts, key)).not.toMatch(/(?<!\$)\b1\b/);
        expect(placeholders(textOf(texts, key))).toEqual(
          placeholders(textOf(texts, key.replace(/One$/, 'Other'))),
        );
      }
    },
  );
});

describe.each(LANGUAGES.filter((language) => language !== 'en'))('%s', (language) => {
  const texts = textsOf(language);
  const pairs = Object.keys(texts)
    .filter((key) => key in english)
    .map((key) => ({ key, text: textOf(texts, key), original: textOf(english, key) }));
  /** The text without placeholders and without words that are Latin in every language. */
  const lettersOf = (text: string) => text.replace(LATIN, '').replace(/\$\d|%s/g, '');
  const translated = pairs.filter(({ key }) => key !== 'language' && key !== 'direction');

  it('has exactly the English messages', () => {
    expect({
      missing: keys.filter((key) => !(key in texts)),
      unknown: Object.keys(texts).filter((key) => !(key in english)),
    }).toEqual({ missing: [], unknown: [] });
    expect(pairs.length).toBeGreaterThan(500);
  });

  it('has no white space around a text', () => {
    expect(pairs.filter(({ text }) => text !== text.trim())).toEqual([]);
  });

  it('has the placeholders of each English text', () => {
    const of = (text: string) => placeholders(text).join();
    expect(pairs.filter(({ text, original }) => of(text) !== of(original))).toEqual([]);
  });

  it('uses the digits 0–9 only', () => {
    expect(pairs.filter(({ text }) => /(?![0-9])\p{Nd}/u.test(text))).toEqual([]);
  });

  it('has no untranslated English words', () => {
    expect(translated.filter(({ text }) => /[A-Za-z]{2}/.test(lettersOf(text)))).toEqual([]);
  });

  it('uses its own script if the English text has words', () => {
    const isUntranslated = ({ text, original }: (typeof pairs)[number]) =>
      /[A-Za-z]/.test(lettersOf(original)) && !SCRIPTS[language].test(lettersOf(text));
    expect(translated.filter(isUntranslated)).toEqual([]);
  });

  it('quotes the labels of buttons exactly', () => {
    const translationsOf = (label: string) =>
      keys.filter((key) => english[key] === label).map((key) => texts[key]);
    const misnamed = translated.flatMap(({ key, text, original }) =>
      named(original)
        .filter((label) => !translationsOf(label).some((own) => text.includes(`“${own}”`)))
        .map((label) => `${key}: “${label}” should be ${translationsOf(label).join(' or ')}`),
    );
    expect(misnamed).toEqual([]);
  });
});
