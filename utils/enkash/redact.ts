/** Replaces a secret. */
export const REDACTED = '•••';

/** The shortest part of a secret that is redacted; for a short secret, half of it. */
const SHORTEST_RUN = 12;

/** Removes secrets from text of external origin. */
export interface Redactor {
  text(given: string): string;
  /** Redacts every string and field name of parsed JSON; `keep` stays unchanged. */
  json(given: unknown, keep?: string): unknown;
}

/**
 * Builds a redactor for the secrets in use. It finds each secret in any letter case: plain, URL-encoded, JSON-escaped,
 * HTML-escaped, in hexadecimal, and in base64 at any offset within a longer text. It also finds any run of
 * {@link SHORTEST_RUN} of its characters, so that a truncated secret is redacted too.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const needles = [...new Set(secrets.filter((secret) => secret.length > 3).flatMap(encodingsOf))];
  const runs = needles.map((needle) => Math.min(SHORTEST_RUN, Math.floor(needle.length / 2)));
  const shortest = Math.min(SHORTEST_RUN, ...runs);
  // Every run of that length contains, at a multiple of `step`, `step` characters that are in the index.
  const step = Math.max(1, Math.floor((shortest + 1) / 2));
  const index = new Map<string, [needle: number, at: number][]>();
  /** The first characters of the pieces in the index. Comparing them costs less than a look-up of each piece of a text. */
  const starts = new Uint8Array(1 << 14);
  const startAt = (text: string, at: number) =>
    ((text.charCodeAt(at) & 127) << 7) | (step > 1 ? text.charCodeAt(at + 1) & 127 : 0);
  needles.forEach((needle, number) => {
    for (let at = 0; at + step <= needle.length; at += 1) {
      const piece = needle.slice(at, at + step);
      starts[startAt(needle, at)] = 1;
      index.set(piece, [...(index.get(piece) ?? []), [number, at]]);
    }
  });

  /** The longest run of a secret around a position of the text, if it is long enough to redact. */
  function runAround(text: string, at: number): [from: number, to: number] | undefined {
    if (starts[startAt(text, at)] === 0) return undefined;
    let found: [number, number] | undefined;
    for (const [number, start] of index.get(text.slice(at, at + step)) ?? []) {
      const needle = String(needles[number]);
      let before = 0;
      while (before < Math.min(at, start) && text[at - before - 1] === needle[start - before - 1])
        before += 1;
      let after = step;
      while (start + after < needle.length && text[at + after] === needle[start + after]) after += 1;
      if (before + after < Number(runs[number])) continue;
      if (!found || before + after > found[1] - found[0]) found = [at - before, at + after];
    }
    return found;
  }

  function text(given: string): string {
    if (needles.length === 0 || given.length < shortest) return given;
    const lower = lowerCase(given);
    let redacted = '';
    let done = 0;
    for (let at = 0; at + step <= lower.length; at += step) {
      const run = runAround(lower, at);
      if (!run || run[1] <= done) continue;
      redacted += given.slice(done, Math.max(done, run[0])) + REDACTED;
      done = run[1];
    }
    return done === 0 ? given : redacted + given.slice(done);
  }

  function json(given: unknown, keep?: string): unknown {
    if (typeof given === 'string') return given === keep ? given : text(given);
    if (typeof given === 'number') return text(String(given)) === String(given) ? given : REDACTED;
    if (Array.isArray(given)) return given.map((value) => json(value, keep));
    if (typeof given !== 'object' || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [text(name), json(value, keep)]));
  }

  return { text, json };
}

/** Converts to lower case without changing the length, so that positions stay valid. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** All encodings of a secret, in lower case. */
function encodingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const escaped = [
    secret,
    encodeURIComponent(secret),
    percentEncoded(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    json,
    json.replaceAll('/', '\\/'),
    JSON.stringify(json).slice(1, -1),
    htmlEscaped(secret, (code) => HTML_NAMES[code] ?? `#${code}`),
    htmlEscaped(secret, (code) => `#${code}`),
    htmlEscaped(secret, (code) => `#x${code.toString(16)}`),
  ];
  const all = [...escaped, ...[...new Set(escaped)].flatMap(base64Forms), hexadecimal(secret)];
  return all.map((form) => lowerCase(form));
}

function percentEncoded(secret: string): string {
  return secret.replace(
    /[^A-Za-z0-9]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

const HTML_NAMES: Readonly<Record<number, string>> = { 34: 'quot', 38: 'amp', 39: '#39', 60: 'lt', 62: 'gt' };

function htmlEscaped(secret: string, name: (code: number) => string): string {
  return secret.replace(/["&'<>/=`]/g, (letter) => `&${name(letter.charCodeAt(0))};`);
}

/** The base64 of a secret at each of three offsets in a longer text, without letters that depend on its neighbours. */
function base64Forms(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  return [0, 1, 2].flatMap((before) => {
    const binary = String.fromCharCode(...new Uint8Array(before), ...bytes);
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor((binary.length * 8) / 6);
    const standard = btoa(binary).slice(first, last);
    return [standard, standard.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function hexadecimal(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
