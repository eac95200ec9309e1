import {
  DOUBLE_NEGATION,
  DOUBTFUL_BEFORE,
  FACTS,
  IMPERATIVES,
  IN_NAMES,
  INFLECTED,
  MORE_VERBS,
  ORDERS,
  PHRASE_BEFORE,
  REFERENCES,
  ROMANISED,
  SHORT_FORMS,
  STATES,
  UNEQUAL_BEFORE,
} from './exclusion-words.ts';
import { conceptOf } from './heading.ts';
import { HEADING_WORDS } from './heading-words.ts';

/** The words of a text that say not to cancel an ID. */
export interface Exclusion {
  quote: string;
  /** The words may mean something else. Then the ID stays in the list with a note. */
  isDoubtful?: true;
}

/** The position of an ID in a line. */
export interface Span {
  from: number;
  to: number;
}

interface Token {
  text: string;
  /** The number of its clause in the text, from 0. */
  clause: number;
  concept: ReturnType<typeof conceptOf>;
  isLatin: boolean;
}

const MAX_QUOTE = 60;
/** `no. QR26…` ends no sentence. */
const SENTENCE_END = /(?<!\b(?:no|nos|id|ids))[.!?](?=\s|$)|[।;]/giu;
const CLAUSE_END = /[,.!?।;]/u;
/** The maximum distance in words between a negation and its verb. */
const REACH = 3;

const EXCLUDING = [HEADING_WORDS.keep, HEADING_WORDS.not, HEADING_WORDS.except]
  .flatMap((words) => words.normalize('NFKC').split(/\s+/))
  .concat(
    'than',
    'apart',
    'aside',
    'but',
    'out',
    'without',
    'instead',
    'exclusive',
    'skip',
    'skipping',
    'ignore',
    'ignoring',
  )
  .concat('omit', 'omitting');
const MORE = String.raw`(?:should|must|need|sha|wo)n['’]?t\b|\bna kar|\bno need to\b|!=|<>`;
/** Quick checks whether a line may exclude an ID. Most lines have only these characters. */
const IS_LATIN = /^[ -~‘’“”–—\t]*$/;
const LATIN = new RegExp(
  `\\b(?:${EXCLUDING.filter((word) => /^[a-z]/.test(word)).join('|')})\\b|${MORE}`,
  'i',
);
const ANY = new RegExp(`${EXCLUDING.join('|')}|${MORE}`, 'iu');

/** Whether a text may exclude an ID. If not, no further check is needed. */
export function mayExclude(text: string): boolean {
  return IS_LATIN.test(text) ? LATIN.test(text) : ANY.test(text.normalize('NFKC'));
}

/**
 * Finds the IDs of a line that its words exclude: `all but J1`, `J1 but not J2`, `NOT IN (J1, J2)`, `do not cancel J1`,
 * `J1 को रद्द न करें`. IDs with only `and`, commas or brackets between them belong together. `carried` is an exclusion at the
 * end of the line before. `labelled` holds, by position, the exclusion by the label of an ID.
 */
export function exclusionsOf(
  text: string,
  ids: readonly Span[],
  carried?: string,
  labelled: readonly (string | undefined)[] = [],
): (Exclusion | undefined)[] {
  const found: (Found | undefined)[] = [];
  for (const [index, { from }] of ids.entries()) {
    const start = ids[index - 1]?.to ?? 0;
    const between = text.slice(start, from);
    const before = index === 0 ? undefined : found[index - 1];
    const label = labelled[index];
    const own = label === undefined ? excludedBy(between, index > 0) : { quote: label };
    if (own) found.push(own);
    else if (index === 0)
      found.push(carried !== undefined && isJoin(between) ? { quote: carried } : undefined);
    else found.push(before && isJoin(withoutRemarks(between)) ? before : undefined);
  }
  for (let index = ids.length - 1; index >= 0; index -= 1) {
    if (found[index] && !found[index]?.isDoubtful) continue;
    const { to } = ids[index] ?? { to: 0 };
    const next = ids[index + 1]?.from;
    const after = text.slice(to, next);
    const following = found[index + 1];
    const own = forbiddenAfter(after, next !== undefined);
    const isShared = following && next !== undefined && isJoin(after) && following.isAfter;
    if (own) found[index] = own;
    else if (isShared) found[index] = following;
  }
  return found.map((each) => each && withoutPosition(each));
}

type Found = Exclusion & { isAfter?: true };

function withoutPosition({ quote, isDoubtful }: Found): Exclusion {
  return { quote, ...(isDoubtful && { isDoubtful }) };
}

/** The exclusion that the end of a line applies to the IDs in the lines below: `Cancel all of them except:`. */
export function excludedBelow(text: string): string | undefined {
  if (!mayExclude(text)) return undefined;
  const exclusion = excludedBy(text, false);
  return exclusion && !exclusion.isDoubtful ? exclusion.quote : undefined;
}

/** Whether the end of a text refers to the next line. */
export function isOpen(text: string): boolean {
  return /[:(]\s*$/.test(text);
}

/**
 * The words of a text without an ID, such as a remark, that forbid to cancel, if any. In a name, only unmistakable verbs
 * count: `Never Stop Gym` forbids nothing.
 */
export function forbids(text: string, isName = false): string | undefined {
  if (!mayExclude(text)) return undefined;
  const tokens = tokensOf(text).filter((token) => !isName || !IN_NAMES.has(token.text));
  return isForbidden(tokens) ? quoteOf(text) : undefined;
}

/** Whether a text has a word such as `cancel`. */
export function saysCancel(text: string): boolean {
  return tokensOf(text).some(({ concept }) => concept === 'cancel');
}

/** Removes remarks in brackets, such as names of places, unless they say what to do: `J1 (Gate 1), J2`. */
function withoutRemarks(between: string): string {
  return between.replace(/\([^()]*\)/gu, (remark) =>
    mayExclude(remark) || saysCancel(remark) ? remark : ' ',
  );
}

/** Whether a text between two IDs joins them. */
export function isJoin(between: string): boolean {
  if (/[.!?।;]\s|\)\s.*\bin\s*\(/iu.test(between)) return false;
  return tokensOf(between).every(isFiller);
}

function isFiller({ concept, text }: Token): boolean {
  return (
    REFERENCES.has(text) ||
    concept === 'these' ||
    concept === 'filler' ||
    concept === 'qr' ||
    concept === 'code' ||
    concept === 'id' ||
    concept === 'number'
  );
}

function tokensOf(text: string): Token[] {
  let long = text.normalize('NFKC');
  for (const [short, form] of SHORT_FORMS) long = long.replace(short, form);
  const clauses = long.split(/[,.!?।;](?=\s|$)/u);
  return clauses.flatMap((words, clause) =>
    Array.from(words.matchAll(/[\p{L}\p{M}\p{N}]+/gu), ([word]) => tokenOf(word.toLowerCase(), clause)),
  );
}

function tokenOf(text: string, clause: number): Token {
  const concept = MORE_VERBS.has(text) ? 'cancel' : conceptOf(text);
  return { text, clause, concept, isLatin: /^[a-z]/.test(text) };
}

/** The exclusion by the words before an ID. */
function excludedBy(between: string, isBehindId: boolean): Found | undefined {
  if (!mayExclude(between)) return undefined;
  const end = Array.from(between.matchAll(SENTENCE_END)).at(-1);
  const sentence = end ? between.slice(end.index + 1) : between;
  const quote = quoteOf(sentence);
  if (DOUBLE_NEGATION.test(sentence)) return undefined;
  if (PHRASE_BEFORE.test(sentence) || UNEQUAL_BEFORE.test(sentence)) return { quote };
  if (DOUBTFUL_BEFORE.test(sentence)) return { quote, isDoubtful: true };
  // `J1 must not be deleted, J2`: the words belong to the ID before them.
  if (isBehindId && !end && /\p{L},\s*$/u.test(sentence)) return undefined;
  const tokens = tokensOf(sentence);
  let at = tokens.length - 1;
  while (at >= 0 && isFillerAt(tokens, at)) at -= 1;
  const last = tokens[at];
  if (!last) return undefined;
  const isEnglish = last.isLatin && !ROMANISED.has(last.text);
  if (last.concept === 'except' && isEnglish) return { quote };
  if (last.concept === 'cancel' && isEnglish && isForbidden(tokens)) return { quote };
  if (!isEnglish && /[:(]\s*["'“‘]?$/u.test(sentence) && (last.concept === 'except' || isForbidden(tokens)))
    return { quote };
  const before = tokens[at - 1];
  if (last.concept === 'not' && isEnglish && !FACTS.has(before?.text ?? ''))
    return isBehindId && !end ? { quote } : { quote, isDoubtful: true };
  return last.concept === 'keep' && isEnglish ? { quote, isDoubtful: true } : undefined;
}

/** The exclusion by the words after an ID. */
function forbiddenAfter(after: string, isBeforeId: boolean): Found | undefined {
  // `… but do not cancel:` refers to the lines below.
  if (!mayExclude(after) || (!isBeforeId && isOpen(after))) return undefined;
  const words = after.replace(/^[\s,)\]}"'”’:–—-]+/u, '');
  const end = CLAUSE_END.exec(words);
  const clause = end ? words.slice(0, end.index) : words;
  const tokens = tokensOf(clause);
  const quote = quoteOf(clause);
  const isPostposition = tokens
    .slice(0, REACH)
    .some(({ concept, isLatin, text }) => concept === 'except' && (!isLatin || ROMANISED.has(text)));
  if (isPostposition) return { quote, isAfter: true };
  // `J1 is old, do not cancel J2`: the words right before the next ID refer to that one.
  const isOfNext = isBeforeId && !end && excludedBy(clause, true) !== undefined;
  if (isOfNext) return undefined;
  if (isForbidden(tokens)) return { quote, isAfter: true };
  return tokens.slice(0, REACH).some(({ concept }) => concept === 'keep')
    ? { quote, isAfter: true, isDoubtful: true }
    : undefined;
}

/** `do not cancel`, `is not to be cancelled`, `रद्द न करें`, `cancel mat karo`; but not `was not cancelled`. */
function isForbidden(tokens: readonly Token[]): boolean {
  return tokens.some(({ concept, isLatin, text }, at) => {
    if (concept !== 'not') return false;
    return isLatin && !ROMANISED.has(text) ? isEnglishOrder(tokens, at) : isIndianOrder(tokens, at);
  });
}

/** In Indian languages, the verb precedes the negation or follows it directly: `रद्द न करें`, `मत रद्द करें`. */
function isIndianOrder(tokens: readonly Token[], at: number): boolean {
  const clause = tokens[at]?.clause;
  const isVerb = (token: Token | undefined) => token?.concept === 'cancel' && token.clause === clause;
  const after = tokens.slice(at + 1, at + 5).filter((each) => each.clause === clause);
  const isFact = STATES.has(after[0]?.text ?? '') || after.slice(0, 2).some((each) => FACTS.has(each.text));
  if (isFact && !after.some((each) => ORDERS.has(each.text))) return false;
  if (isVerb(tokens[at + 1])) return true;
  const before = tokens.slice(Math.max(0, at - REACH), at);
  const verb = before.findLastIndex(isVerb);
  return verb >= 0 && !before.slice(verb).some((each) => IMPERATIVES.has(each.text));
}

function isEnglishOrder(tokens: readonly Token[], at: number): boolean {
  let next = at + 1;
  while (isFillerAt(tokens, next) && next - at <= REACH) next += 1;
  const verb = tokens[next];
  if (verb?.concept !== 'cancel' || verb.clause !== tokens[at]?.clause) return false;
  const between = tokens.slice(at + 1, next).map(({ text }) => text);
  if (between.includes('to')) return true;
  if (FACTS.has(tokens[at - 1]?.text ?? '')) return false;
  return !INFLECTED.test(verb.text) || between.includes('be');
}

function isFillerAt(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token !== undefined && isFiller(token);
}

function quoteOf(text: string): string {
  const quote = text.trim().replace(/[\s:("'“‘[{]+$|^[\s,)"'”’\]}]+/gu, '');
  return quote.length > MAX_QUOTE ? `…${quote.slice(-MAX_QUOTE)}` : quote;
}
