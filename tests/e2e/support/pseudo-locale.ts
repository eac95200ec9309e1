import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };

type Key = keyof typeof messages;

const ACCENTED: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...'aáAÁbƀBßcçCÇdďDĎeéEÉfƒFƑgğGĞhĥHĤiíIÍjĵJĴkķKĶlļLĻnñNÑoöOÖpþPÞrřRŘsšSŠtťTŤuúUÚwŵWŴyýYÝzžZŽ'.matchAll(
      /../g,
    ),
  ].map(([pair]) => [pair.charAt(0), pair.charAt(1)]),
);
/** The growth of a text, as a share of its length: as in languages with longer texts than English. */
const GROWTH = 0.4;

/**
 * A text in the pseudo-locale: accented, longer, and in brackets, which shows texts that come from no message or do not
 * fit. `$1` and `%s` stay.
 */
export function pseudo(text: string): string {
  let owed = 0;
  const longer = text.replace(/\$\d|%s|./g, (part) => {
    if (part.length > 1) return part;
    owed += GROWTH;
    const accented = ACCENTED[part] ?? part;
    if (!/[aeiou]/i.test(part)) return accented;
    const extra = Math.floor(owed);
    owed -= extra;
    return accented.repeat(1 + extra);
  });
  return `⟦${longer}⟧`;
}

/** All messages in the pseudo-locale. It replaces a real language and keeps its code and direction. */
export function pseudoTexts(language: string): Record<string, { message: string }> {
  const translated = Object.entries(messages).map(([key, { message }]) => [
    key,
    { message: pseudo(message) },
  ]);
  return {
    ...Object.fromEntries(translated),
    language: { message: language },
    direction: { message: 'ltr' },
  };
}

/** The text of a message in the pseudo-locale. */
export function say(key: Key, ...substitutions: string[]): string {
  return pseudo(messages[key].message).replace(/\$(\d)/g, (_, digit) => substitutions[digit - 1] ?? '');
}
