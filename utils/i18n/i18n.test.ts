import { afterEach, describe, expect, it } from 'vitest';
import { formatCount, plural, setMessages, t } from './i18n.ts';

const messagesOf = (language: string) => ({
  language: { message: language },
  foundOne: { message: 'one: $1' },
  foundOther: { message: 'other: $1' },
  noteIgnoredOther: { message: '$2, $1' },
});

afterEach(() => setMessages(undefined));

describe('a message', () => {
  it('is the browser’s if no language is set, or if the language lacks the message', () => {
    expect(t('notFound', 'Main counter', 'UAT')).toBe('No QR code with this ID in Main counter (UAT).');
    setMessages({ settings: { message: 'सेटिंग' } });
    expect(t('settings')).toBe('सेटिंग');
    expect(t('search')).toBe('Search');
  });

  it('inserts substitutions literally, even with dollar signs', () => {
    setMessages({ notFound: { message: '$2: $1 $3' } });
    expect(t('notFound', '$2 $& $$', 'UAT')).toBe('UAT: $2 $& $$ ');
  });
});

describe('a plural', () => {
  it.each([
    [1, '1 QR code found.'],
    [0, '0 QR codes found.'],
    [2, '2 QR codes found.'],
    [100_000, '1,00,000 QR codes found.'],
  ])('selects the English form for %s', (count, text) => {
    expect(plural('found', count)).toBe(text);
  });

  it.each([
    ['hi', 'one: 0'],
    ['bn', 'one: 0'],
    ['gu', 'one: 0'],
    ['kn', 'one: 0'],
    ['mr', 'other: 0'],
    ['ta', 'other: 0'],
    ['te', 'other: 0'],
  ])('in %s has the form “%s” for 0', (language, text) => {
    setMessages(messagesOf(language));
    expect(plural('found', 0)).toBe(text);
    expect(plural('found', 1)).toBe('one: 1');
    expect(plural('found', 2)).toBe('other: 2');
  });

  it('takes further substitutions after the count', () => {
    setMessages(messagesOf('hi'));
    expect(plural('noteIgnored', 3, 'Status')).toBe('Status, 3');
  });

  it.each(['en', 'hi', 'mr', 'ta', 'te', 'bn', 'gu', 'kn'])(
    'formats counts with Indian grouping and the digits 0–9 in %s',
    (language) => {
      setMessages(messagesOf(language));
      expect(formatCount(12_34_567)).toBe('12,34,567');
    },
  );
});
