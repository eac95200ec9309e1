import type { IdProblem } from './id.ts';
import type { OtherThing } from './known-forms.ts';

/** Why a word, a cell or a row of a list is not among the IDs. */
export type LeftOutReason =
  /** It stands in another column than the one with the IDs. */
  | { code: 'column'; title: string }
  /** It is labelled as another thing, such as `Payment ID:`. */
  | { code: 'label'; label: string }
  /** The text says not to cancel it, in these words. */
  | { code: 'excluded'; text: string }
  /** It has the form that IDs of another thing have. */
  | { code: 'form'; thing: OtherThing }
  /** The site of a link may mean anything by it. */
  | { code: 'link'; host: string }
  /** A link holds several that could be meant. */
  | { code: 'several-in-link'; host: string }
  /** A cell holds several, with words between them. */
  | { code: 'several-in-cell' }
  /** A formula's link and its text name different IDs. */
  | { code: 'link-differs' }
  /** It has digits only, and the other IDs have letters too. */
  | { code: 'number' }
  /** Above the heading. */
  | { code: 'above-heading' }
  /** The heading once more. */
  | { code: 'heading' }
  | { code: 'total' }
  /** `#N/A`, `NULL` and the like. */
  | { code: 'no-value' }
  /** A word that is no ID. */
  | { code: 'word' }
  /** The line begins with a sign that takes it out of the list. */
  | { code: 'comment' }
  /** The row has another number of cells than the others. */
  | { code: 'odd-row' }
  /** The spreadsheet does not show it. */
  | { code: 'hidden' }
  /** A spreadsheet holds a formula without its result. */
  | { code: 'formula' }
  /** It stands in the text, but in no cell that was understood. */
  | { code: 'not-understood' }
  | { code: 'problem'; problem: IdProblem };

/** Something in a text that is not among the IDs. */
export interface LeftOut {
  /** From 1. */
  line: number;
  text: string;
  /** Whether it looks like an ID, so that it counts as one. */
  isId: boolean;
  reason: LeftOutReason;
}

/** What has to be said of an ID that was taken. */
export type IdNote =
  | { code: 'mark'; character: string }
  /** These signs stood around it: `✅`, `%20`. */
  | { code: 'decoration'; text: string }
  | { code: 'odd-row' }
  /** The text may say, in these words, not to cancel it. */
  | { code: 'may-be-kept'; text: string }
  /** The reference in a UPI link, which need not be the ID. */
  | { code: 'upi' };

/** One line of a list, with its number (from 1) in what was pasted or in the file. */
export type ParsedLine =
  | { line: number; kind: 'valid'; qrCodeId: string; note?: IdNote }
  | { line: number; kind: 'duplicate'; qrCodeId: string; firstLine: number }
  | { line: number; kind: 'refused'; text: string; problem: IdProblem };

/** A column of a table from which the IDs may be taken. */
export interface ColumnOption {
  /** From 0. */
  index: number;
  /** Its heading, which is empty if it has none. */
  title: string;
  /** Its first values, for a preview. */
  values: string[];
  /** How many different IDs it holds. */
  ids: number;
}

/** How many there are in the text, each counted once: `inText` is `inList` and `leftOut` together. */
export interface IdCounts {
  inText: number;
  inList: number;
  leftOut: number;
  /** Rows and cells without an ID that were left out besides. */
  otherLines: number;
}

export interface ReadableList {
  ok: true;
  lines: ParsedLine[];
  ids: string[];
  caseVariants: string[][];
  /** All columns of a table; none if it is not one. */
  columns: ColumnOption[];
  /** The column that was read, or `all` of them. */
  column: number | 'all' | undefined;
  /** Its heading, or its letter if it has none; empty if the list is no table. */
  columnName: string;
  leftOut: LeftOut[];
  /** IDs of the list that stand in another column too, or in a hidden row: perhaps they are to be kept. */
  alsoElsewhere: string[];
  counts: IdCounts;
}

export type ListProblem =
  | { code: 'too-many'; count: number; limit: number }
  /** Not one ID: what was left out tells why. */
  | { code: 'nothing' }
  /** Several columns could be meant, or the only one is headed as another thing: the operator chooses. */
  | { code: 'choose-column'; columns: ColumnOption[]; mayTakeAll: boolean; ids: string[] }
  /** RTF: its commands would cut IDs in two. */
  | { code: 'rich-text' };

export interface UnreadableList {
  ok: false;
  problem: ListProblem;
  leftOut: LeftOut[];
  counts: IdCounts;
}

export type IdList = ReadableList | UnreadableList;
