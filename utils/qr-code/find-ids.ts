import { type IdProblem, isQrCodeId, parseQrCodeId, problemOf, unwrap } from './id.ts';
import { isUrl } from './id-in-url.ts';

/** The most ids that are taken at once; a longer list is refused whole, never cut short. */
export const MAX_IDS = 10_000;

/** What a text holds. `ids` are in the order of the text, each once. */
export interface FoundIds {
  ids: string[];
  /** How many further mentions of an id that is already in the list there were. */
  duplicates: number;
  /** Ids that differ only in upper and lower case: all are kept, since the gateway may tell them apart. */
  caseVariants: string[][];
  /** Texts that look like an id but are none, with the line (from 1) they stand in. */
  refused: { line: number; text: string; problem: IdProblem }[];
  /** Whether there were more than {@link MAX_IDS}; then nothing of it may be used. */
  tooMany: boolean;
}

/** Prose is full of short words with a digit (`22nd`, `10am`); only an id on its own line may be shorter. */
const MIN_LENGTH_IN_PROSE = 6;
const TOKEN = /[^\s,;|]+/g;
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;
const DATE_LIKE = /^(?:\d{1,2}-(?:\d{1,2}|[a-z]{3,9})-\d{2,4}|\d{4}-\d{2}-\d{2}(?:T.*)?)$/i;
const NUMBER_LIKE = /^\d+$/;
const HAS_DIGIT = /\d/;
const HAS_LETTER = /[A-Za-z]/;
const ID_LABEL = /(?:id|qr|qrcode|आईडी)["'”]?[:=#]["'“]?$/i;
/** Where one of these stood in a word that reads as a bare id now, it parted a label from the id. */
const SEPARATOR = /[:=#]/;
const FOREIGN = /[^ -~₹–—…•·×→✓“”‘’]/u;

/**
 * Finds the qrCodeIds in a text that a person selected or pasted: one id with whatever was copied along,
 * a list, rows of a table, or prose. A lone text is taken at its word; among other words only what has
 * both a letter and a digit is taken for an id.
 */
export function findQrCodeIds(text: string): FoundIds {
  const whole = readAsOne(text);
  if (whole) return whole;
  const collected = new Collection();
  let line = 0;
  for (const content of text.split(LINE_BREAK)) {
    line += 1;
    const tokens = content.match(TOKEN) ?? [];
    const alone = tokens.length === 1;
    let labelled = false;
    for (const token of tokens) {
      if (isStrong(token, alone) || (isQrCodeId(token) && labelled)) collected.add(token);
      else readToken(token, line, alone, labelled, collected);
      labelled = ID_LABEL.test(token);
    }
  }
  return collected.found();
}

function readAsOne(text: string): FoundIds | undefined {
  const bare = unwrap(text);
  if (/\s/.test(bare.replaceAll('\t', '')) || bare === '') return undefined;
  const cells = bare.split(/[\t,;|]/).map(unwrap);
  if (cells.length > 1 && cells.every((cell) => isStrong(cell, true))) return undefined;
  const parsed = parseQrCodeId(bare);
  const refused = parsed.ok ? [] : [{ line: 1, text: bare, problem: parsed.problem }];
  return {
    ids: parsed.ok ? [parsed.qrCodeId] : [],
    duplicates: 0,
    caseVariants: [],
    refused,
    tooMany: false,
  };
}

function readToken(token: string, line: number, alone: boolean, labelled: boolean, into: Collection): void {
  const bare = unwrap(token);
  if (bare === '') return;
  if (isUrl(bare)) {
    const parsed = parseQrCodeId(bare);
    if (parsed.ok) into.add(parsed.qrCodeId);
    else if (alone) into.refuse(line, bare, parsed.problem);
    return;
  }
  const problem = problemOf(bare);
  if (!problem) {
    if (isStrong(bare, alone) || labelled || SEPARATOR.test(token)) into.add(bare);
    else if (alone || (NUMBER_LIKE.test(bare) && bare.length >= MIN_LENGTH_IN_PROSE)) into.addWeak(bare);
    return;
  }
  if (alone || labelled || looksTamperedWith(bare)) into.refuse(line, bare, problem);
}

function isStrong(token: string, alone: boolean): boolean {
  return (
    token.length >= (alone ? 1 : MIN_LENGTH_IN_PROSE) &&
    isQrCodeId(token) &&
    HAS_DIGIT.test(token) &&
    HAS_LETTER.test(token) &&
    !DATE_LIKE.test(token)
  );
}

/** A word that would pass for an id but for a character nobody can see, or one of another script. */
function looksTamperedWith(bare: string): boolean {
  return (
    bare.length >= MIN_LENGTH_IN_PROSE && HAS_DIGIT.test(bare) && HAS_LETTER.test(bare) && FOREIGN.test(bare)
  );
}

class Collection {
  readonly #ids = new Set<string>();
  readonly #weak = new Set<string>();
  readonly #refused: FoundIds['refused'] = [];
  #duplicates = 0;

  add(id: string): void {
    if (this.#ids.has(id)) this.#duplicates += 1;
    else this.#ids.add(id);
  }

  /** Kept only where the text has nothing that is more like an id: else it is an amount, a date or a heading. */
  addWeak(id: string): void {
    this.#weak.add(id);
  }

  refuse(line: number, text: string, problem: IdProblem): void {
    this.#refused.push({ line, text, problem });
  }

  found(): FoundIds {
    const numbers = [...this.#weak].filter((id) => NUMBER_LIKE.test(id));
    const ids = this.#ids.size > 0 ? [...this.#ids] : numbers;
    return {
      ids: ids.length > MAX_IDS ? [] : ids,
      duplicates: this.#duplicates,
      caseVariants: caseVariantsOf(ids),
      refused: this.#refused,
      tooMany: ids.length > MAX_IDS,
    };
  }
}

/** Groups ids that are the same but for upper and lower case. */
export function caseVariantsOf(ids: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const key = id.toLowerCase();
    const group = groups.get(key);
    if (group) group.push(id);
    else groups.set(key, [id]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
