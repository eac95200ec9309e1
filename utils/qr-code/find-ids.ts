import { type IdProblem, isQrCodeId, type ParsedId, parseQrCodeId, problemOf, unwrap } from './id.ts';
import { isUrl } from './id-in-url.ts';
import { hasOtherLabel, isDate, isUnlikeDamaged, isUnlikeId, isUnlikeNumber } from './unlike-ids.ts';

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
/** A byte order mark counts as a space elsewhere; inside an id it is a character nobody can see. */
const WORD = /(?:[^\s,;|]|\ufeff)+/g;
const SPACE_BUT_TAB = /(?!\ufeff)[^\S\t]/;
const JSON_NAME = /["']:$/;
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;
const NUMBER_LIKE = /^\d+$/;
const HAS_DIGIT = /\d/;
const HAS_LETTER = /[A-Za-z]/;
const HAS_SMALL_LETTER = /[a-z]/;
const ID_LABEL = /(?:id|qr|qrcode|आईडी)["'”]?[:=#]["'“]?$/i;
/** A label that is part of the word: what stands before the first separator, where something stands behind it. */
const OWN_LABEL = /^[^:=#]*[:=#](?=.*[\p{L}\p{N}])/u;
/** What people put between two ids without a space. */
const JOINERS = /->|[/+&→]/;
const STATUS = /^(?:active|cancelled)$/i;
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
  for (const [index, content] of text.split(LINE_BREAK).entries()) readLine(content, index + 1, collected);
  return collected.found();
}

/**
 * A text with several ids as a list, one a line: what looks like an id but is none stays in it, so that it is told
 * there; what is too long a list stays as it is.
 */
export function listOf(text: string, { ids, refused, tooMany }: FoundIds): string {
  return tooMany ? text : [...ids, ...refused.map((other) => other.text)].join('\n');
}

function readLine(content: string, line: number, into: Collection): void {
  // Most lines of a long list are this; what follows would come to the same.
  if (isStrong(content, true)) {
    into.add(content);
    return;
  }
  const words = content.match(WORD) ?? [];
  const alone = words.length === 1;
  for (const [index, word] of words.entries()) {
    const before = words.slice(Math.max(0, index - 2), index).join(' ');
    const [ownLabel = ''] = OWN_LABEL.exec(word) ?? [];
    const other = hasOtherLabel(before) || hasOtherLabel(ownLabel);
    readWord(
      word,
      { line, alone, labelled: !other && (ID_LABEL.test(before) || ID_LABEL.test(ownLabel)), other },
      into,
    );
  }
}

interface Place {
  line: number;
  /** Whether the word has a line of its own. */
  alone: boolean;
  /** Whether a label such as `QR code ID:` stands before it. */
  labelled: boolean;
  /** Whether it is labelled as something else. */
  other: boolean;
}

function readWord(word: string, { line, alone, labelled, other }: Place, into: Collection): void {
  const bare = unwrap(word).replace(/['’]s$/, '');
  if (bare === '' || other || JSON_NAME.test(word)) return;
  if (isUrl(bare)) {
    const parsed = parseQrCodeId(bare);
    if (parsed.ok) into.add(parsed.qrCodeId);
    else if (alone) into.refuseUnlessIds(line, bare, parsed.problem);
    return;
  }
  const problem = problemOf(bare);
  if (!problem) {
    if (isStrong(bare, alone) || labelled) into.add(bare);
    else if (NUMBER_LIKE.test(bare) && (alone || !isUnlikeNumber(bare))) into.addNumber(bare);
    return;
  }
  const parts = bare.split(JOINERS);
  if (parts.every((part) => isStrong(part, false))) for (const part of parts) into.add(part);
  else if (labelled || isDamaged(bare, problem, alone)) into.refuse(line, bare, problem);
  else if (alone) into.refuseUnlessIds(line, bare, problem);
}

/** The text as one id, or as what keeps it from being one; `undefined` where it is more than one word. */
function readAsOne(text: string): FoundIds | undefined {
  const bare = unwrap(text);
  if (text.trim() === '' || SPACE_BUT_TAB.test(bare) || isRow(bare)) return undefined;
  const parsed: ParsedId = isDate(bare)
    ? { ok: false, problem: { code: 'no-id' } }
    : parseQrCodeId(bare === '' ? text : bare);
  return {
    ids: parsed.ok ? [parsed.qrCodeId] : [],
    duplicates: 0,
    caseVariants: [],
    refused: parsed.ok ? [] : [{ line: 1, text: bare, problem: parsed.problem }],
    tooMany: false,
  };
}

/** Cells of a table, a list with separators, or JSON: but not one id with a tab or comma inside. */
function isRow(bare: string): boolean {
  const cells = bare.split(/[\t,;|]/).map(unwrap);
  if (cells.length === 1) return false;
  if (cells.every((cell) => isStrong(cell, false)) || /["']\s*:/.test(bare)) return true;
  const others = cells.filter((cell) => !isStrong(cell, false));
  const unlike = (cell: string) => STATUS.test(cell) || problemOf(cell)?.code === 'bad-character';
  return bare.includes('\t') && others.length < cells.length && (cells.length > 2 || others.every(unlike));
}

function isStrong(word: string, alone: boolean): boolean {
  return (
    word.length >= (alone ? 1 : MIN_LENGTH_IN_PROSE) &&
    isQrCodeId(word) &&
    HAS_DIGIT.test(word) &&
    HAS_LETTER.test(word) &&
    !(alone ? isDate(word) : isUnlikeId(word))
  );
}

/** A word that would pass for an id but for what happened to it: it must not go by unnoticed. */
function isDamaged(bare: string, problem: IdProblem, alone: boolean): boolean {
  if (problem.code === 'spreadsheet-number') return true;
  const idLike = bare.length >= MIN_LENGTH_IN_PROSE && HAS_DIGIT.test(bare) && HAS_LETTER.test(bare);
  return idLike && (FOREIGN.test(bare) || (alone && !isUnlikeDamaged(bare)));
}

class Collection {
  readonly #ids = new Set<string>();
  readonly #numbers = new Set<string>();
  readonly #refused: FoundIds['refused'] = [];
  readonly #doubtful: FoundIds['refused'] = [];
  #duplicates = 0;

  add(id: string): void {
    const before = this.#ids.size;
    if (this.#ids.add(id).size === before) this.#duplicates += 1;
  }

  /** Taken only where the text has nothing that is more like an id: else it is an amount or a date. */
  addNumber(id: string): void {
    this.#numbers.add(id);
  }

  refuse(line: number, text: string, problem: IdProblem): void {
    this.#refused.push({ line, text, problem });
  }

  /** Refuses what is an amount, a time or a word where there are ids, but may be a mistyped id where there are none. */
  refuseUnlessIds(line: number, text: string, problem: IdProblem): void {
    this.#doubtful.push({ line, text, problem });
  }

  found(): FoundIds {
    const ids = [...(this.#ids.size > 0 ? this.#ids : this.#numbers)];
    const refused = ids.length > 0 ? this.#refused : [...this.#refused, ...this.#doubtful];
    return {
      ids: ids.length > MAX_IDS ? [] : ids,
      duplicates: this.#duplicates,
      caseVariants: caseVariantsOf(ids),
      refused,
      tooMany: ids.length > MAX_IDS,
    };
  }
}

/** Groups ids, each given once, that are the same but for upper and lower case. */
export function caseVariantsOf(ids: readonly string[]): string[][] {
  // Hardly any list has such; finding that out is quick, and quicker still where all is in capitals.
  if (!ids.some((id) => HAS_SMALL_LETTER.test(id))) return [];
  if (new Set(ids.map((id) => id.toLowerCase())).size === ids.length) return [];
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const key = id.toLowerCase();
    const group = groups.get(key);
    if (group) group.push(id);
    else groups.set(key, [id]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
