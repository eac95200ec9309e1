import type { ParsedInput } from './parse-entry.ts';

type ReadEntry = (text: string) => ParsedInput;

let loaded: ReadEntry | undefined;

/** Loads the reader of lists. It is as large as the rest of the popup, so the popup is drawn before it is loaded. */
export async function loadEntryReader(): Promise<ReadEntry> {
  loaded ??= (await import('./parse-entry.ts')).parseInput;
  return loaded;
}

/** The reader if it is loaded. */
export function loadedEntryReader(): ReadEntry | undefined {
  return loaded;
}
