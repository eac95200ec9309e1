import type { XmlHandler } from './xml-events.ts';

/** Awaited between parts of a file, so that the page can handle its events. */
export type Pause = () => Promise<void>;
export type Attributes = Readonly<Record<string, string>>;

export const IGNORES_ALL: XmlHandler = { open() {}, close() {}, text() {} };

/** The name without its prefix, which varies between programs. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** A boolean attribute. */
export const isTrue = (value: string | undefined) => value === '1' || value === 'true';

/** Separates the text of a cell from the reading aid above it (`rPh`). */
export function createTextFilter() {
  let inText = false;
  let inPhonetic = false;
  return {
    open(local: string) {
      if (local === 't') inText = true;
      if (local === 'rPh') inPhonetic = true;
    },
    close(local: string) {
      if (local === 't') inText = false;
      if (local === 'rPh') inPhonetic = false;
    },
    isShown: () => inText && !inPhonetic,
  };
}

/** Replaces escapes of characters that XML can't hold, such as `_x001F_` (ECMA-376 22.9.2.19). */
export function unescapeText(text: string): string {
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
