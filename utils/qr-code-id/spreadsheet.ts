import type { Sheet } from './sheet.ts';

/** An open spreadsheet file. Its cells are read sheet by sheet. */
export interface Spreadsheet {
  /** The sheets in the order of the file. */
  sheets: readonly { name: string; hidden: boolean }[];
  /** Reads one sheet by its index. Throws `ZipError` if the file is damaged or too large. */
  read(index: number): Promise<Sheet>;
}
