import type { IdProblem } from './id.ts';
import { readList } from './read-list.ts';
import type { IdList, IdNote, LeftOut } from './reading.ts';

/** What a text that is meant for one QR code amounts to, told before anything is sent. */
export type ParsedInput =
  | {
      kind: 'one';
      qrCodeId: string;
      occurrences: number;
      /** The text is the ID and nothing else. */
      isExact: boolean;
      note?: IdNote;
    }
  | { kind: 'several'; ids: string[]; caseVariants: boolean }
  /** `offered` may be IDs, but are known to be other things or can't be told for sure: the operator decides. */
  | { kind: 'none'; problem: EntryProblem; offered: LeftOut[] };

export type EntryProblem = IdProblem | { code: 'too-many' | 'rich-text' | 'choose-column' };

/** More than these are no choice for a popup. */
const MOST_OFFERED = 3;

/** Reads what an operator typed, pasted or selected. One id beside a damaged one is refused: it can't be told which was meant. */
export function parseInput(text: string): ParsedInput {
  if (text.trim() === '') return none({ code: 'empty' });
  const list = readList({ text });
  return list.ok ? entryOf(list, text) : problemEntry(list);
}

function entryOf({ ids, lines, caseVariants, leftOut }: IdList & { ok: true }, text: string): ParsedInput {
  // What stands beside an ID and may be one itself is not passed over: it can't be told which was meant.
  const beside = leftOut.filter(({ isId, reason }) => isId && reason.code === 'not-understood');
  if (ids.length === 1 && beside.length > 0)
    return { kind: 'several', ids: [...ids, ...beside.map(({ text }) => text)], caseVariants: false };
  if (ids.length > 1) return { kind: 'several', ids, caseVariants: caseVariants.length > 0 };
  const refused = lines.find((line) => line.kind === 'refused' && line.problem.code !== 'empty');
  const [first] = ids;
  if (refused?.kind === 'refused') return none(refused.problem, leftOut);
  if (first === undefined) return none({ code: 'no-id' }, leftOut);
  const note = lines.map((line) => (line.kind === 'valid' ? line.note : undefined)).find((each) => each);
  const occurrences = lines.filter(({ kind }) => kind !== 'refused').length;
  return {
    kind: 'one',
    qrCodeId: first,
    occurrences,
    isExact: text.trim() === first,
    ...(note ? { note } : {}),
  };
}

function problemEntry({ problem, leftOut }: IdList & { ok: false }): ParsedInput {
  switch (problem.code) {
    case 'too-many':
      return none({ code: 'too-many' });
    case 'rich-text':
      return none({ code: 'rich-text' });
    case 'choose-column':
      return problem.ids.length > 1
        ? { kind: 'several', ids: problem.ids, caseVariants: false }
        : none({ code: 'choose-column' }, leftOut);
    case 'nothing':
      return none({ code: 'no-id' }, leftOut);
  }
}

function none(problem: EntryProblem, leftOut: readonly LeftOut[] = []): ParsedInput {
  const offered = leftOut.filter(({ isId, reason }) => isId && reason.code !== 'problem');
  return { kind: 'none', problem, offered: offered.slice(0, MOST_OFFERED) };
}
