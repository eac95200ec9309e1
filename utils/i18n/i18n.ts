import { browser } from 'wxt/browser';
import type messages from '../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

/** Two messages for what is said of one thing and of several: `…One` and `…Other`, named by what they share. */
export type PluralKey = PluralStem<MessageKey>;
type PluralStem<Key> = Key extends `${infer Pair}Other`
  ? `${Pair}One` extends MessageKey
    ? Pair
    : never
  : never;

/** The messages of a language as its file has them. */
export type Messages = Readonly<Partial<Record<MessageKey, { message: string }>>>;

let activeMessages: Messages | undefined;

/** Speaks with these texts from now on, and in the browser's language where they have none. */
export function setMessages(texts: Messages | undefined): void {
  activeMessages = texts;
}

/** The text of a message in the language in use, with `$1`… replaced in turn. */
export function t(key: MessageKey, ...substitutions: string[]): string {
  const text = activeMessages?.[key]?.message;
  if (text === undefined) return getBrowserMessage(key, substitutions);
  return text.replace(/\$(\d)/g, (_, digit) => substitutions[digit - 1] ?? '');
}

/** The text of a message in the browser's language; in English where the extension does not speak that. */
export function getBrowserMessage(key: MessageKey, substitutions: string[] = []): string {
  return browser.i18n.getMessage(key as Parameters<typeof browser.i18n.getMessage>[0], substitutions);
}

/** The text that fits a number of things. `$1` is the number itself, what else is to be put in follows. */
export function plural(pair: PluralKey, count: number, ...substitutions: string[]): string {
  // Which numbers count as "one" differs: in Hindi nought does too.
  const form = PLURALS().select(count) === 'one' ? 'One' : 'Other';
  return t(`${pair}${form}`, formatCount(count), ...substitutions);
}

/** A number with Indian grouping in every language: `1,00,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-IN');
}

/**
 * Keeps what is made for the language in use: a formatter of `Intl`, or what is said. It is made when first asked for,
 * and again when another language is spoken. Not for formatters of numbers and amounts.
 */
export function memoizeByLocale<Made>(make: (locale: string) => Made): () => Made {
  let cachedLocale: string | undefined;
  let value: Made;
  return () => {
    // Digits are 0–9 in every language, as on paper, in spreadsheets and on EnKash's pages.
    const locale = `${t('language')}-IN-u-nu-latn`;
    if (cachedLocale !== locale) value = make(locale);
    cachedLocale = locale;
    return value;
  };
}

const PLURALS = memoizeByLocale((locale) => new Intl.PluralRules(locale));
