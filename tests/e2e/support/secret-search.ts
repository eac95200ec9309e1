import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Shorter halves could occur by chance. */
const SHORTEST_PART = 12;

/**
 * The searched parts of a secret: its halves, because one half is enough to guess the other. A short secret is searched
 * for as a whole.
 */
function partsOf(text: string): string[] {
  const middle = Math.floor(text.length / 2);
  return middle < SHORTEST_PART ? [text] : [text.slice(0, middle), text.slice(middle)];
}

/** The parts of a text's base64 that do not depend on its neighbours, for each of the three alignments. */
function base64Anywhere(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const digits = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const shared = Math.ceil((before * 8) / 6);
    return digits.slice(shared, (before + bytes.length) % 3 === 0 ? undefined : -1);
  });
}

/** Every encoding of a searched part, as bytes, one to a character. */
export function waysOfWriting(part: string): Record<string, string[]> {
  const utf8 = Buffer.from(part, 'utf8');
  const utf16 = Buffer.from(part, 'utf16le');
  const base64 = [utf8, utf16].flatMap(base64Anywhere);
  const asBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  const ascii = JSON.stringify(part).replace(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return {
    utf8: [utf8.toString('latin1')],
    utf16: [utf16.toString('latin1')],
    latin1: [Buffer.from(part, 'latin1').toString('latin1')],
    base64,
    base64url: base64.map((digits) => digits.replaceAll('+', '-').replaceAll('/', '_')),
    url: [encodeURIComponent(part), new URLSearchParams({ '': part }).toString().slice(1)],
    json: [asBytes(JSON.stringify(part).slice(1, -1)), ascii.slice(1, -1)],
    hex: [utf8.toString('hex')],
  };
}

interface Needle {
  name: string;
  way: string;
  lower: string;
}

/** Searches outputs and files for secrets in any encoding. */
export class SecretSearch {
  readonly #needles = new Map<string, Needle>();

  constructor(secrets: Readonly<Record<string, string>>) {
    for (const [name, secret] of Object.entries(secrets)) this.add(name, secret);
  }

  add(name: string, secret: string): void {
    for (const part of partsOf(secret)) {
      for (const [way, written] of Object.entries(waysOfWriting(part))) {
        for (const one of written) {
          const lower = one.toLowerCase();
          if (!this.#needles.has(lower)) this.#needles.set(lower, { name, way, lower });
        }
      }
    }
  }

  /** The secrets found in bytes or in a text, with their encodings. */
  find(haystack: Buffer | string): string[] {
    const bytes = typeof haystack === 'string' ? Buffer.from(haystack, 'utf8') : haystack;
    const lower = bytes.toString('latin1').toLowerCase();
    const found = [...this.#needles.values()].filter((needle) => lower.includes(needle.lower));
    return [...new Set(found.map(({ name, way }) => `${name} as ${way}`))];
  }

  /** The secrets found in the files of a folder and in their names. Skips files that are deleted in the meantime. */
  findInFolder(folder: string): string[] {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    return files.flatMap((file) => {
      const path = join(file.parentPath, file.name);
      return this.find(Buffer.concat([Buffer.from(path), readOrNothing(path)])).map(
        (what) => `${what} in ${path}`,
      );
    });
  }
}

function readOrNothing(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
