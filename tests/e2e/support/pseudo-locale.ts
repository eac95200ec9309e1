import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };

type Key = keyof typeof messages;

const ACCENTED: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...'aáAÁbƀBßcçCÇdďDĎeéEÉfƒFƑgğGĞhĥHĤiíIÍjĵJĴkķKĶlļLĻnñNÑoöOÖpþPÞrřRŘsšSŠtťTŤuúUÚwŵWŴyýYÝzžZŽ'.matchAll(
      /../g,
    ),
  ].map(([pair]) => [pair.charAt(0), pair.charAt(1)]),
);
/** By how much of its length a text grows: as much as other languages take more room than English. */
const GROWTH = 0.4;

/**
 * A text as a language would have it that nobody speaks: accented, longer, and in brackets, so that what did
 * not come from a message is seen, and what does not fit. `$1` and `%s` stay.
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

/** All messages in it. It takes the place of a real language, whose code and direction it keeps. */
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

/** What a page in it says for a message. */
export function say(key: Key, ...substitutions: string[]): string {
  return pseudo(messages[key].message).replace(/\$(\d)/g, (_, digit) => substitutions[digit - 1] ?? '');
}
