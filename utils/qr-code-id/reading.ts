import type { IdProblem } from './id.ts';
import type { OtherThing } from './known-forms.ts';

/** The reason why a word, cell or row of a list is not among the IDs. */
export type LeftOutReason =
  /** It is in another column than the one with the IDs. */
  | { code: 'column'; title: string }
  /** It is labelled as another thing, such as `Payment ID:`. */
  | { code: 'label'; label: string }
  /** The text says not to cancel it, in these words. */
  | { code: 'excluded'; text: string }
  /** It has the form of another thing's IDs. */
  | { code: 'form'; thing: OtherThing }
  /** It is part of a link of another site, so its meaning is unknown. */
  | { code: 'link'; host: string }
  /** It is one of several possible IDs in a link. */
  | { code: 'several-in-link'; host: string }
  /** It is one of several IDs in a cell with words between them. */
  | { code: 'several-in-cell' }
  /** A link and its text name different IDs. */
  | { code: 'link-differs' }
  /** It has only digits, while other IDs have letters too. */
  | { code: 'number' }
  /** Above the heading. */
  | { code: 'above-heading' }
  /** It repeats the heading. */
  | { code: 'heading' }
  | { code: 'total' }
  /** `#N/A`, `NULL` or similar. */
  | { code: 'no-value' }
  /** It is an ordinary word. */
  | { code: 'word' }
  /** Its line is commented out. */
  | { code: 'comment' }
  /** The row has another number of cells than the others. */
  | { code: 'odd-row' }
  /** The spreadsheet or web page does not show it. */
  | { code: 'hidden' }
  /** The file holds a formula without its result. */
  | { code: 'formula' }
  /** It may be an ID of another thing. */
  | { code: 'not-understood' }
  | { code: 'problem'; problem: IdProblem };

/** A part of a text that is not among the IDs. */
export interface LeftOut {
  /** From 1. */
  line: number;
  text: string;
  /** Whether it looks like an ID, so that it counts as one. */
  isId: boolean;
  reason: LeftOutReason;
}

/** A remark on an ID of the list. */
export type IdNote =
  | { code: 'mark'; character: string }
  /** Removed signs around the ID: `✅`, `%20`. */
  | { code: 'decoration'; text: string }
  | { code: 'odd-row' }
  /** The text may say, in these words, not to cancel it. */
  | { code: 'may-be-kept'; text: string }
  /** The reference in a UPI link, which need not be the ID. */
  | { code: 'upi' };

/** One line of a list, with its number in the pasted text or in the file, from 1. */
export type ParsedLine =
  | { line: number; kind: 'valid'; qrCodeId: string; note?: IdNote }
  | { line: number; kind: 'duplicate'; qrCodeId: string; firstLine: number }
  | { line: number; kind: 'refused'; text: string; problem: IdProblem };

/** A column of a table that the operator may choose. */
export interface ColumnOption {
  /** From 0. */
  index: number;
  /** Its heading; empty if it has none. */
  title: string;
  /** Its first values, for a preview. */
  values: string[];
  /** The number of different IDs in it. */
  ids: number;
}

/** The numbers of IDs, each ID counted once. `inText` is the sum of `inList` and `leftOut`. */
export interface IdCounts {
  inText: number;
  inList: number;
  leftOut: number;
  /** The number of left-out rows and cells without an ID. */
  otherLines: number;
}

export interface ReadableList {
  ok: true;
  lines: ParsedLine[];
  ids: string[];
  caseVariants: string[][];
  /** All columns of a table; empty if the list is no table. */
  columns: ColumnOption[];
  /** The column that was read, or `all` of them. */
  column: number | 'all' | undefined;
  /** Its heading, or its letter if it has none; empty if the list is no table. */
  columnName: string;
  leftOut: LeftOut[];
  /** IDs of the list that are also in another column or a hidden row, so the operator may want to keep them. */
  alsoElsewhere: string[];
  counts: IdCounts;
}

export type ListProblem =
  | { code: 'too-many'; count: number; limit: number }
  /** The text has no ID. `leftOut` holds the reasons. */
  | { code: 'nothing' }
  /** Several columns may hold the IDs, or the only one has the heading of another thing. The operator chooses. */
  | { code: 'choose-column'; columns: ColumnOption[]; mayTakeAll: boolean; ids: string[] }
  /** The text is RTF, whose commands may be inside IDs. */
  | { code: 'rich-text' };

export interface UnreadableList {
  ok: false;
  problem: ListProblem;
  leftOut: LeftOut[];
  counts: IdCounts;
}

export type IdList = ReadableList | UnreadableList;
