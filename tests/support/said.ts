import messages from '../../public/_locales/en/messages.json' with { type: 'json' };

const texts: Readonly<Record<string, { message: string }>> = messages;

/** The English text of a key, with its values. A key without a text fails the test. */
export function said(key: string, ...values: (string | number)[]): string {
  const text = texts[key]?.message;
  if (text === undefined) throw new Error(`There is no text ${key}`);
  return text.replace(/\$(\d)/g, (_, digit) => String(values[Number(digit) - 1] ?? ''));
}
