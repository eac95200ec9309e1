import { strToU8, zipSync } from 'fflate';

/** An archive of text files, written by a library that shares no code with our reader. */
export function makeZip(files: Readonly<Record<string, string>>, level: 0 | 6 = 6): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  return new Uint8Array(zipSync(Object.fromEntries(entries), { level }));
}
