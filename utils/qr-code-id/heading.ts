import { HEADING_WORDS, type HeadingConcept } from './heading-words.ts';

/**
 * The meaning of a heading or label: `clear` names QR code IDs and nothing else, `weak` only IDs or codes, `qualified` QR
 * codes with more words (`Old QR`, `New QR code ID`), `side` one of two columns (`To be kept`), `other` another thing.
 */
export interface Heading {
  kind: 'clear' | 'weak' | 'qualified' | 'side' | 'other';
  /** It names QR codes to keep. Such a column is never chosen without asking. */
  keeps: boolean;
  /** It names QR codes that must not be cancelled or already are, rather than new ones. */
  excludes: boolean;
  /** All its words are known. */
  isExact: boolean;
}

/** Longer texts are sentences. */
const MAX_LENGTH = 64;
const MAX_WORDS = 8;
const SIDES: readonly HeadingConcept[] = ['keep', 'live', 'except', 'cancel', 'old', 'new'];

/** `Not cancelled`, `not already closed`: a state that may change, not an order. */
const NOT_DONE = /\bnot\s+(?:(?:yet|already)\s+)?\p{L}+ed\b/iu;

const CONCEPTS = new Map<string, HeadingConcept>();
for (const [concept, words] of Object.entries(HEADING_WORDS))
  for (const word of words.normalize('NFKC').split(/\s+/))
    if (!CONCEPTS.has(word)) CONCEPTS.set(word, concept as HeadingConcept);

const cache = new Map<string, Heading | undefined>();
/** Rows repeat few headings, but a list may hold any number of other texts. */
const MAX_CACHED = 500;

/** Reads a text as a heading or label; `undefined` if its words are unknown. */
export function readHeading(text: string): Heading | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  if (cache.has(text)) return cache.get(text);
  if (cache.size >= MAX_CACHED) cache.clear();
  const heading = headingOf(text);
  cache.set(text, heading);
  return heading;
}

function headingOf(text: string): Heading | undefined {
  // “QR Code ID (EnKash)”: words in brackets count only if they distinguish two columns.
  const outside = conceptsOf(text.replace(/[([{][^)\]}]*[)\]}]/g, ' '));
  if (outside.length === 0 || outside.length > MAX_WORDS) return undefined;
  const all = [...outside, ...conceptsOf(text).filter((concept) => concept && SIDES.includes(concept))];
  const has = (concept: HeadingConcept) => all.includes(concept);
  const isUnknown = outside.includes(undefined) || outside.includes('these');
  const side = SIDES.some(has);
  const excludes =
    has('keep') || has('except') || (has('cancel') && (has('not') || has('already')) && !NOT_DONE.test(text));
  const about = {
    keeps: excludes || has('live') || (has('new') && !has('cancel')),
    excludes,
    isExact: !isUnknown,
  };
  if (has('qr')) {
    if (has('attribute')) return { kind: 'other', ...about };
    return { kind: side || isUnknown || has('thing') ? 'qualified' : 'clear', ...about };
  }
  if (has('thing') || has('attribute')) return { kind: 'other', ...about };
  if (side) return { kind: 'side', ...about };
  if (isUnknown) return undefined;
  if (has('id') || has('code')) return { kind: 'weak', ...about };
  return has('number') ? { kind: 'other', ...about } : undefined;
}

/** The concept of a word in small letters; `undefined` if the word is unknown. */
export function conceptOf(word: string): HeadingConcept | undefined {
  return CONCEPTS.get(word);
}

function conceptsOf(text: string): (HeadingConcept | undefined)[] {
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  return (words ?? []).map((word) => CONCEPTS.get(word) ?? (/^\d{1,2}$/.test(word) ? 'filler' : undefined));
}

const INLINE_LABEL = /^["'“({[]*([^:=#]{1,48}?)["'”]?\s*[:=#]\s*(?=\S)/u;

/** Whether a text begins with the label of another thing, such as `Payment ID:`. `Ref:` may name a QR code too. */
export function hasForeignLabel(text: string): boolean {
  const label = INLINE_LABEL.exec(text)?.[1]?.trim() ?? '';
  const heading = readHeading(label);
  return (
    heading?.isExact === true &&
    (heading.kind === 'other' || heading.keeps) &&
    !/^ref(?:erence)?\b/i.test(label)
  );
}
