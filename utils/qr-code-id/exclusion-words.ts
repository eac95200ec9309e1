/** English phrases that exclude an ID and consist of words that do not exclude one alone. */
export const PHRASE_BEFORE =
  /\b(?:(?:other|rather) than|apart from|aside from|(?:all|any|every)(?:thing|one)? but|(?:leave|leaving|left) out|but not|and not|not in|exclusive of|skip(?:ping)?|ignor(?:e|ing)|omit(?:ting)?)[\s"'“‘([{:]*(?:(?:for|the|these|this|those|ones?|qr|codes?|ids?|no\.?|below|following|given|listed|mentioned|here)[\s"'“‘([{:]*)*$/iu;

/** Words before an ID that may also name the code that replaces another. */
export const DOUBTFUL_BEFORE = /\b(?:without|instead of)\s+["'“‘(]*$/iu;

/** `do not skip J1` */
export const DOUBLE_NEGATION =
  /(?:\bnot|n['’]?t|\bnever)\s+(?:be\s+)?(?:skip|ignor|omit|exclud|keep|retain|leav)\p{L}*[^,.;:]{0,20}$/iu;

/** `id != J1`, `id <> 'J1'`: a condition of SQL or of a filter. */
export const UNEQUAL_BEFORE = /\p{L}[\p{N}_"'`\])]*\s*(?:!==?|<>)\s*["'(]*$/u;

/** Short forms of orders, each with its long form. Those of statements, such as `didn’t`, are not here. */
export const SHORT_FORMS: readonly [RegExp, string][] = [
  [/\b(should|must|need)n['’]?t\b/giu, '$1 not'],
  [/\b(wo|sha)n['’]t\b/giu, '$1 not'],
  // In Hindi; alone, `NA` has another meaning.
  [/\bna (?=kar)/giu, 'mat '],
  [/\bno need to\b/giu, 'not to'],
];

/** Words that make a negation a statement: something was not done or cannot be done. */
export const FACTS = new Set(
  `could can did does was were has have had is are am been being why हुआ हुई हुए हो किया सका सके हुआ hua hui ho kiya हुवा झाला झाली`.split(
    ' ',
  ),
);

/** Right after a negation, they make it a state: `रद्द नहीं है`. */
export const STATES = new Set(['है', 'हैं', 'था', 'थे', 'थी', 'hai', 'hain', 'tha', 'the', 'thi']);

/** They make a negation an order in any case: `रद्द नहीं किया जाना चाहिए`. */
export const ORDERS = new Set('जाए जाये जाएं जाएँ जाना चाहिए jaye jaaye jaana chahiye'.split(' '));

/** A complete order. A negation behind it belongs to other words: `रद्द करें काम नहीं करता`. */
export const IMPERATIVES = new Set('करें करो करिए कीजिए करा karo karen kare করুন చేయండి કરો ಮಾಡಿ'.split(' '));

/** Verbs that matter only with a negation. In a heading they may mean other things. */
export const MORE_VERBS = new Set('touch band bandh radd कैंसल कैंसिल कैन्सल कैन्सिल'.normalize('NFKC').split(' '));

/** Verbs that the names of shops have. */
export const IN_NAMES = new Set([
  'stop',
  'stopped',
  'end',
  'close',
  'closed',
  'touch',
  'block',
  'blocked',
  'band',
  'बंद',
]);

/** Words that refer to IDs below: `all except those listed below`. */
export const REFERENCES = new Set(['below', 'given', 'listed', 'mentioned', 'ones', 'one']);

/** Such a form is an order only after `be`: `not to be cancelled`. */
export const INFLECTED = /(?:ed|ing|tion|s)$/;

/** Hindi and Marathi words in Latin letters. They follow the ID, as they do in their own script. */
export const ROMANISED = new Set([
  'mat',
  'nahi',
  'nahin',
  'siwa',
  'siwaye',
  'alawa',
  'alava',
  'sivay',
  'chhodkar',
  'chodkar',
  'nako',
  'naka',
]);
