import type { IdProblem } from './id.ts';
import { readList } from './read-list.ts';
import type { IdList, IdNote, LeftOut } from './reading.ts';

/** The result of reading a text for one QR code. */
export type ParsedInput =
  | {
      kind: 'one';
      qrCodeId: string;
      occurrences: number;
      /** Whether the text is exactly the ID. */
      isExact: boolean;
      note?: IdNote;
    }
  | { kind: 'several'; ids: string[]; caseVariants: boolean }
  /** `offered` are texts that may be IDs or other things. The operator decides. */
  | { kind: 'none'; problem: EntryProblem; offered: LeftOut[] };

export type EntryProblem = IdProblem | { code: 'too-many' | 'rich-text' | 'choose-column' };

/** The popup offers at most this many texts. */
const MAX_OFFERED = 3;

/**
 * Reads a text that an operator typed, pasted or selected. An id beside a damaged one is refused, because either may be
 * meant.
 */
export function parseInput(text: string): ParsedInput {
  if (text.trim() === '') return none({ code: 'empty' });
  const list = readList({ text });
  return list.ok ? entryOf(list, text) : problemEntry(list);
}

function entryOf({ ids, lines, caseVariants, leftOut }: IdList & { ok: true }, text: string): ParsedInput {
  // If another text may be an ID too, the intended one is ambiguous.
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
  return { kind: 'none', problem, offered: offered.slice(0, MAX_OFFERED) };
}
