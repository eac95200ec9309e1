import { findQrCodeIds, listOf } from './find-ids.ts';
import type { IdProblem } from './id.ts';

/** What the text in the field amounts to, told before anything is sent. */
export type Entry =
  | { kind: 'one'; qrCodeId: string; mentions: number }
  | { kind: 'several'; ids: string[]; caseVariants: boolean; list: string }
  | { kind: 'none'; problem: IdProblem | { code: 'too-many' } };

/** Reads what an operator typed or pasted. One id beside a damaged one is refused: it can't be told which was meant. */
export function readEntry(text: string): Entry {
  if (text.trim() === '') return { kind: 'none', problem: { code: 'empty' } };
  const found = findQrCodeIds(text);
  const { ids, duplicates, caseVariants, refused, tooMany } = found;
  if (tooMany) return { kind: 'none', problem: { code: 'too-many' } };
  if (ids.length > 1)
    return { kind: 'several', ids, caseVariants: caseVariants.length > 0, list: listOf(text, found) };
  const [qrCodeId] = ids;
  const problem = refused[0]?.problem;
  if (problem || !qrCodeId) return { kind: 'none', problem: problem ?? { code: 'no-id' } };
  return { kind: 'one', qrCodeId, mentions: duplicates + 1 };
}
