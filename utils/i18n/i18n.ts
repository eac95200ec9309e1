import { browser } from 'wxt/browser';
import type messages from '../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

/** A pair of messages `…One` and `…Other`, named by the common beginning of their keys. */
export type PluralKey = PluralStem<MessageKey>;
type PluralStem<Key> = Key extends `${infer Stem}Other`
  ? `${Stem}One` extends MessageKey
    ? Stem
    : never
  : never;

/** The messages of a language as its file has them. */
export type Messages = Readonly<Partial<Record<MessageKey, { message: string }>>>;

let activeMessages: Messages | undefined;

/** Sets the messages of the language in use. The browser's language replaces messages that are missing. */
export function setMessages(messages: Messages | undefined): void {
  activeMessages = messages;
}

/** The text of a message in the language in use, with `$1`, `$2` … replaced by the substitutions. */
export function t(key: MessageKey, ...substitutions: string[]): string {
  const text = activeMessages?.[key]?.message;
  if (text === undefined) return getBrowserMessage(key, substitutions);
  return text.replace(/\$(\d)/g, (_, digit) => substitutions[digit - 1] ?? '');
}

/** The text of a message in the browser's language, or in English if the extension is not translated into it. */
export function getBrowserMessage(key: MessageKey, substitutions: string[] = []): string {
  return browser.i18n.getMessage(key as Parameters<typeof browser.i18n.getMessage>[0], substitutions);
}

/** The message of a pair that fits a count. The count replaces `$1`, the substitutions replace `$2` and so on. */
export function plural(stem: PluralKey, count: number, ...substitutions: string[]): string {
  // Which counts take the form "one" depends on the language: in Hindi 0 does too.
  const form = PLURALS().select(count) === 'one' ? 'One' : 'Other';
  return t(`${stem}${form}`, formatCount(count), ...substitutions);
}

/** A number with Indian grouping in every language: `1,00,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-IN');
}

/**
 * Memoises a value that depends on the language, such as a formatter of `Intl`: computes it on first use, and again after
 * a change of language. Not for numbers and amounts, which have Indian grouping in every language.
 */
export function memoizeByLocale<Value>(create: (locale: string) => Value): () => Value {
  let cachedLocale: string | undefined;
  let value: Value;
  return () => {
    // Digits are 0–9 in every language, as on paper, in spreadsheets and on EnKash's pages.
    const locale = `${t('language')}-IN-u-nu-latn`;
    if (cachedLocale !== locale) value = create(locale);
    cachedLocale = locale;
    return value;
  };
}

const PLURALS = memoizeByLocale((locale) => new Intl.PluralRules(locale));
