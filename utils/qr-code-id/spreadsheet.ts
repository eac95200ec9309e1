import type { Sheet } from './sheet.ts';

/** An open spreadsheet file, of which no cell was read yet. */
export interface Spreadsheet {
  /** The sheets in the order of the file. */
  sheets: readonly { name: string; hidden: boolean }[];
  /** Reads one sheet by its number from 0. Throws `ZipError`. */
  read(index: number): Promise<Sheet>;
}
