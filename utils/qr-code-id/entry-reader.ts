import type { ParsedInput } from './parse-entry.ts';

type ReadEntry = (text: string) => ParsedInput;

let loaded: ReadEntry | undefined;

/** Loads the reader of lists. It is as large as all the rest of the popup, which is drawn before it is there. */
export async function loadEntryReader(): Promise<ReadEntry> {
  loaded ??= (await import('./parse-entry.ts')).parseInput;
  return loaded;
}

/** The reader, once it has been loaded. */
export function loadedEntryReader(): ReadEntry | undefined {
  return loaded;
}
