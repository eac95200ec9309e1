/** Replaces text that may be personal data. */
const REDACTED = '<…>';

const EMAIL = /[^\s<>"'@]+(?:@|%40)[^\s<>"'@]+/gi;
/** Eight or more digits in any grouping: numbers of mobiles, accounts and cards, and references. */
const LONG_NUMBER = /(?<![\p{L}\p{Nd}])\+?\p{Nd}(?:[ .()-]{0,3}\p{Nd}){7,}/gu;
/** An Indian mobile number between any characters but digits. */
const MOBILE = /(?<!\d)[6-9]\d{9}(?!\d)/g;

/** Redacts e-mail addresses and long numbers, but no words. */
export function redactContacts(text: string): string {
  return text.replace(EMAIL, REDACTED).replace(MOBILE, REDACTED).replace(LONG_NUMBER, REDACTED);
}

/** Redacts mobile numbers only. */
export function redactMobiles(text: string): string {
  return text.replace(MOBILE, REDACTED);
}

const QUOTED = /[“"]([^”"]*)[”"]|(?<!\p{L})'([^']*)'(?!\p{L})/gu;
const OTHER_SCRIPT = /[\p{L}\p{M}]*(?![A-Za-z])\p{L}[\p{L}\p{M}]*/gu;
const WORD = String.raw`(?!(?:access|account|already|an?|can|code|details|does|exists?|field|for|found|has|id|in|is|key|must|name|no|not|of|or|required|should|to|too|was|with)\b)[\w.]+`;
const LABELLED = new RegExp(
  String.raw`\b(customer|payer|payee|party|user|name|mr|mrs|ms|shri|smt)(\s*[:=]\s*[^,;|)\]}\n]+|\.?\s+${WORD}(?:\s+${WORD}){0,3})`,
  'gi',
);
/** A capitalised word may be a name, unless it is in {@link COMMON_WORDS}. */
const CAPITALISED = /\b[A-Z][A-Za-z]*\b/g;
/** Words in the messages of gateways. */
const COMMON_WORDS = new Set(
  'access account active allowed already amount api approval authentication authorization authorized bad bearer body cancel cancelled code conflict connection content could customer data denied details duplicate enkash entity error expired failed field forbidden found gateway get header html http id in internal invalid is json key limit mandatory media merchant method missing name no not null of or page parameter patch payload payment pending please post proxy qr rate request required resource response route server service something status string success successful support supported system temporarily the there this timeout to token too type unable unauthorized unavailable unknown unprocessable unsupported upi user value velocity with you your'.split(
    ' ',
  ),
);

/**
 * Redacts possible customer data in a message: contacts, quoted texts, words in non-Latin scripts, texts after a
 * label such as "customer", and capitalised words that gateways don't use. Does not recognise a lower-case name without
 * a label. `keep` stays unchanged.
 */
export function redactPersonalData(text: string, keep = ''): string {
  return keep === '' ? redactAll(text) : text.split(keep).map(redactAll).join(keep);
}

function redactAll(text: string): string {
  return redactContacts(text)
    .replace(QUOTED, (all, ...inner) => (/^[\w./-]*$/.test(inner[0] ?? inner[1] ?? '') ? all : REDACTED))
    .replace(OTHER_SCRIPT, REDACTED)
    .replace(LABELLED, (_, label, rest) => `${label}${/^\s*[:=]/.exec(rest)?.[0] ?? ' '}${REDACTED}`)
    .replace(CAPITALISED, (word) =>
      COMMON_WORDS.has(word.toLowerCase()) || /(?:Exception|Error)$/.test(word) ? word : REDACTED,
    );
}
