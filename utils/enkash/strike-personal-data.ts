/** Stands where something of a person may have stood. */
const STRUCK = '<…>';

const EMAIL = /[^\s<>"'@]+(?:@|%40)[^\s<>"'@]+/gi;
/** Eight digits and more, however they are grouped: numbers of mobiles, accounts and cards, and references. */
const LONG_NUMBER = /(?<![\p{L}\p{Nd}])\+?\p{Nd}(?:[ .()-]{0,3}\p{Nd}){7,}/gu;
/** An Indian mobile number, whatever stands around it. */
const MOBILE = /(?<!\d)[6-9]\d{9}(?!\d)/g;

/** Strikes out addresses and long numbers; the words are left. */
export function strikeContacts(text: string): string {
  return text.replace(EMAIL, STRUCK).replace(MOBILE, STRUCK).replace(LONG_NUMBER, STRUCK);
}

/** Strikes out what is a mobile number by its form, and nothing else. */
export function strikeMobiles(text: string): string {
  return text.replace(MOBILE, STRUCK);
}

const QUOTED = /[“"]([^”"]*)[”"]|(?<!\p{L})'([^']*)'(?!\p{L})/gu;
const OTHER_SCRIPT = /[\p{L}\p{M}]*(?![A-Za-z])\p{L}[\p{L}\p{M}]*/gu;
const WORD = String.raw`(?!(?:access|account|already|an?|can|code|details|does|exists?|field|for|found|has|id|in|is|key|must|name|no|not|of|or|required|should|to|too|was|with)\b)[\w.]+`;
const LABELLED = new RegExp(
  String.raw`\b(customer|payer|payee|party|user|name|mr|mrs|ms|shri|smt)(\s*[:=]\s*[^,;|)\]}\n]+|\.?\s+${WORD}(?:\s+${WORD}){0,3})`,
  'gi',
);
/** A word with a capital letter may be a name, unless it is one of those that gateways use. */
const CAPITALISED = /\b[A-Z][A-Za-z]*\b/g;
const USUAL = new Set(
  'access account active allowed already amount api approval authentication authorization authorized bad bearer body cancel cancelled code conflict connection content could customer data denied details duplicate enkash entity error expired failed field forbidden found gateway get header html http id in internal invalid is json key limit mandatory media merchant method missing name no not null of or page parameter patch payload payment pending please post proxy qr rate request required resource response route server service something status string success successful support supported system temporarily the there this timeout to token too type unable unauthorized unavailable unknown unprocessable unsupported upi user value velocity with you your'.split(
    ' ',
  ),
);

/**
 * Strikes out of a message what may be a customer's: contacts, quoted texts, words in other scripts than Latin, what
 * stands after a label such as "customer", and words with a capital letter that gateways don't use. A name in small
 * letters without a label is not known for one. `keep` is left as it is.
 */
export function strikePersonalData(text: string, keep = ''): string {
  return keep === '' ? strike(text) : text.split(keep).map(strike).join(keep);
}

function strike(text: string): string {
  return strikeContacts(text)
    .replace(QUOTED, (all, ...inner) => (/^[\w./-]*$/.test(inner[0] ?? inner[1] ?? '') ? all : STRUCK))
    .replace(OTHER_SCRIPT, STRUCK)
    .replace(LABELLED, (_, label, rest) => `${label}${/^\s*[:=]/.exec(rest)?.[0] ?? ' '}${STRUCK}`)
    .replace(CAPITALISED, (word) =>
      USUAL.has(word.toLowerCase()) || /(?:Exception|Error)$/.test(word) ? word : STRUCK,
    );
}
