import { caseVariantsOf } from './case-variants.ts';
import { type IdProblem, isQrCodeId } from './id.ts';
import { MAX_IDS } from './max-ids.ts';
import type { TextLine } from './plain-text.ts';
import type {
  ColumnOption,
  IdCounts,
  IdList,
  IdNote,
  LeftOut,
  LeftOutReason,
  ListProblem,
  ParsedLine,
  UnreadableList,
} from './reading.ts';
import { forEachRow, type Steps } from './steps.ts';
import { scanWord, type Word } from './word.ts';

/** The table that a list was read from. */
export interface FromTable {
  columns: ColumnOption[];
  column: number | 'all' | undefined;
  columnName: string;
}

const ELSEWHERE: ReadonlySet<LeftOutReason['code']> = new Set(['column', 'label', 'comment', 'hidden']);
/** A word without context counts as an ID only if it has this length, a letter and a digit. */
const MIN_LENGTH = 6;
const MAY_BE_ID = /\d.*[A-Za-z]|[A-Za-z].*\d/s;
const OVERLOOKED: LeftOutReason = { code: 'not-understood' };
const NO_TABLE: FromTable = { columns: [], column: undefined, columnName: '' };
const WORD = /(?:[^\s,;|^"“”<>()[\]{}]|\ufeff)+/g;

/** Collects the entries that a reader finds, and checks that no ID of the text is lost. */
export class ListBuilder {
  #entries: ParsedLine[] = [];
  readonly #firstLines = new Map<string, number>();
  readonly #leftOut: LeftOut[] = [];
  /** Every handled text besides the IDs of the list. */
  readonly #seen = new Set<string>();
  readonly #take: ReadonlySet<string>;
  #lastLine = 0;
  #isInOrder = true;

  constructor(take: ReadonlySet<string> = new Set()) {
    this.#take = take;
  }

  add(line: number, qrCodeId: string, note?: IdNote): void {
    const firstLine = this.#firstLines.get(qrCodeId);
    if (firstLine !== undefined) {
      this.#push({ line, kind: 'duplicate', qrCodeId, firstLine });
      return;
    }
    this.#firstLines.set(qrCodeId, line);
    this.#push(note ? { line, kind: 'valid', qrCodeId, note } : { line, kind: 'valid', qrCodeId });
  }

  reject(line: number, text: string, problem: IdProblem): void {
    this.#seen.add(text);
    this.#push({ line, kind: 'refused', text, problem });
  }

  /** Marks an ID as handled, because the operator chooses its column. */
  settle(qrCodeId: string): void {
    this.#seen.add(qrCodeId);
  }

  /** Leaves a text out, unless the operator includes it in the list. */
  leaveOut(line: number, text: string, isId: boolean, reason: LeftOutReason): void {
    this.#seen.add(text);
    if (this.#take.has(text) && isQrCodeId(text)) this.add(line, text);
    else this.#leftOut.push({ line, text, isId, reason });
  }

  #push(entry: ParsedLine): void {
    this.#isInOrder &&= entry.line >= this.#lastLine;
    this.#lastLine = entry.line;
    this.#entries.push(entry);
  }

  #isSeen(text: string): boolean {
    return this.#firstLines.has(text) || this.#seen.has(text);
  }

  /** Leaves out every word of the text that looks like an ID and was not handled. */
  *leaveOutTheRest(lines: readonly TextLine[]): Steps<void> {
    yield* forEachRow(lines, ({ line, text }) => {
      if (this.#isSeen(text)) return;
      for (const [word] of text.matchAll(WORD)) {
        if (word.length < MIN_LENGTH || this.#isSeen(word) || !MAY_BE_ID.test(word)) continue;
        const read = scanWord(word);
        const reason = read.kind === 'other' ? read.reason : OVERLOOKED;
        for (const id of idsOf(read)) if (!this.#isSeen(id)) this.leaveOut(line, id, true, reason);
      }
    });
  }

  /** The IDs so far. */
  ids(): string[] {
    return [...this.#firstLines.keys()];
  }

  /** Removes the IDs that the text both names and excludes: `J1, J2, J3, but not J2`. */
  #removeExcluded(): void {
    const excluded = new Set<string>();
    for (const { text, isId, reason } of this.#leftOut)
      if (isId && reason.code === 'excluded' && this.#firstLines.delete(text)) excluded.add(text);
    if (excluded.size > 0)
      this.#entries = this.#entries.filter((each) => each.kind === 'refused' || !excluded.has(each.qrCodeId));
  }

  finish(table: FromTable = NO_TABLE): IdList {
    this.#removeExcluded();
    const ids = this.ids();
    if (ids.length > MAX_IDS) return this.unreadable({ code: 'too-many', count: ids.length, limit: MAX_IDS });
    if (this.#entries.length === 0) return this.unreadable({ code: 'nothing' });
    const lines = this.#isInOrder ? [...this.#entries] : this.#entries.toSorted((a, b) => a.line - b.line);
    const leftOut = this.#shownLeftOut();
    return {
      ok: true,
      lines,
      ids,
      caseVariants: caseVariantsOf(ids),
      ...table,
      leftOut,
      alsoElsewhere: this.#alsoElsewhere(),
      counts: this.#counts(leftOut),
    };
  }

  /** The result if no ID of the text may be used. */
  unreadable(problem: ListProblem): UnreadableList {
    const leftOut = this.#shownLeftOut();
    const counts = this.#counts(leftOut);
    if (problem.code !== 'choose-column') return { ok: false, problem, leftOut, counts };
    const open = new Set([...problem.ids, ...leftOut.filter(({ isId }) => isId).map(({ text }) => text)]);
    return {
      ok: false,
      problem,
      leftOut,
      counts: { ...counts, inText: open.size, inList: 0, leftOut: open.size - problem.ids.length },
    };
  }

  /** The left-out texts, each once, without IDs that are in the list too. */
  #shownLeftOut(): LeftOut[] {
    const shown: LeftOut[] = [];
    const shownTexts = new Set<string>();
    for (const each of this.#leftOut) {
      const isKnown = each.isId && (this.#firstLines.has(each.text) || shownTexts.has(each.text));
      if (!isKnown) shown.push(each);
      if (each.isId) shownTexts.add(each.text);
    }
    for (const entry of this.#entries)
      if (entry.kind === 'refused' && !shownTexts.has(entry.text)) {
        const { line, text, problem } = entry;
        shown.push({ line, text, isId: problem.code !== 'empty', reason: { code: 'problem', problem } });
        shownTexts.add(text);
      }
    return shown.sort((a, b) => a.line - b.line);
  }

  #alsoElsewhere(): string[] {
    const found = this.#leftOut.filter(
      ({ text, reason }) => ELSEWHERE.has(reason.code) && this.#firstLines.has(text),
    );
    return [...new Set(found.map(({ text }) => text))];
  }

  #counts(leftOut: readonly LeftOut[]): IdCounts {
    const inList = this.#firstLines.size;
    const leftOutIds = leftOut.filter(({ isId }) => isId).length;
    return {
      inText: inList + leftOutIds,
      inList,
      leftOut: leftOutIds,
      otherLines: leftOut.length - leftOutIds,
    };
  }
}

function idsOf(read: Word): string[] {
  if (read.kind === 'id') return read.strength === 'strong' ? [read.qrCodeId] : [];
  if (read.kind === 'ids') return read.qrCodeIds;
  if (read.kind === 'other') return read.texts;
  return read.kind === 'damaged' && read.surely ? [read.text] : [];
}
