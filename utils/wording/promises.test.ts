import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { PROMISES } from '../../tests/support/promises.ts';

const ROOT = join(import.meta.dirname, '../..');
const texts = Object.entries(messages as Record<string, { message: string }>);

/** Texts that say “nothing was sent”, “not changed”, “still active” or the like. */
const PROMISE =
  /\bnothing (?:more |in it )?(?:(?:of it )?(?:was|is|will be|can be) (?:being )?(?:sent|changed|cancelled|saved|lost)|changes|sent)\b|\bnot (?:sent|changed|created|cancelled|erased|started)\b|\bno QR code (?:was|is)\b|\bstill active\b|\bstays?\b|\b(?:as it (?:was|is)|as they are|as before)\b|\bleft alone\b|\bunchanged\b|\bare kept\b/i;

const stemOf = (key: string) => key.replace(/(?:One|Other)$/, '');
const isPair = (key: string) => key !== stemOf(key) && `${stemOf(key)}Other` in messages;
const nameOf = (key: string) => (isPair(key) ? stemOf(key) : key);
const wordsOf = (list: string) => list.split(' ');
const listed = PROMISES.flatMap(({ keys }) => wordsOf(keys));

const sources = ['components', 'entrypoints', 'utils'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .map((file) => ({ file, code: readFileSync(join(ROOT, file), 'utf8') })),
);

/** The files that show a text. A name of a pair may also be another word of the code; then only `plural` counts. */
function usesOf(name: string): string[] {
  const having = (part: string) => sources.filter(({ code }) => code.includes(part)).map(({ file }) => file);
  const plurals = having(`plural('${name}'`);
  return plurals.length > 0 ? plurals : having(`'${name}'`);
}

describe('texts that promise that nothing happened', () => {
  it('are all in the table', () => {
    const promising = texts.filter(([, { message }]) => PROMISE.test(message)).map(([key]) => nameOf(key));
    expect(promising.length).toBeGreaterThan(60);
    expect([...new Set(promising)].filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('are in the table once, and still promise something', () => {
    const promises = (name: string) =>
      texts.some(([key, { message }]) => nameOf(key) === name && PROMISE.test(message));
    expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
    expect(listed.filter((name) => !promises(name))).toEqual([]);
  });

  it.each(PROMISES)('are shown only where the table says: $keys', ({ keys, uses, states }) => {
    const actual = new Set(wordsOf(keys).flatMap(usesOf));
    expect([...actual].toSorted()).toEqual(wordsOf(uses).toSorted());
    expect(states.length).toBeGreaterThan(30);
  });

  it('has a test for each text, except those that promise nothing about a code or about sending', () => {
    for (const { keys, proofs = [], local = '', unproved = '' } of PROMISES) {
      const named = [...proofs.map(({ of }) => of), local, unproved]
        .flatMap(wordsOf)
        .filter((key) => key !== '');
      expect(named.toSorted()).toEqual(wordsOf(keys).toSorted());
    }
    expect(PROMISES.flatMap(({ unproved = [] }) => unproved)).toEqual(['noticeCutBody']);
  });

  const proofs = PROMISES.flatMap(({ proofs: tests = [] }) => tests);

  it.each(proofs)('$file, $test: reads the sandbox’s log or the codes’ status', ({ file, test, of }) => {
    const code = readFileSync(join(ROOT, file), 'utf8');
    expect(bodyOf(code, test)).toMatch(LOG);
    // The regular expressions of a test escape the text.
    const plain = code.replaceAll('\\', '');
    for (const key of wordsOf(of)) expect([key, key === '' || shows(plain, key)]).toEqual([key, true]);
  });
});

/** The functions of the tests that read the sandbox's log. */
const LOG =
  /\b(?:requests\.(?:all|of)|allRequests|patches|callsFor|creates|patchCounts|expectNoPatches)\(|\bawait notified\(/;

/** The code of the test with this title. Empty if there is none. */
function bodyOf(code: string, title: string): string {
  const start = code.indexOf(`'${title}'`);
  const indent =
    /^ *(?=it)/.exec(
      code
        .slice(0, start)
        .split(/\n(?= *it)/)
        .at(-1) ?? '',
    )?.[0] ?? '';
  const end = code.slice(start).search(new RegExp(`\\n${indent}(?:\\}\\)|\\));`));
  return start < 0 ? '' : code.slice(start, start + end);
}

/** Whether a test has a text's key, or the text itself between its values. */
function shows(code: string, key: string): boolean {
  if (new RegExp(`\\b${key}(?:One|Other)?\\b`).test(code)) return true;
  const found = texts.filter(([name]) => nameOf(name) === key);
  return found.some(([, { message }]) =>
    message.split(/\$\d|(?<=\.) /).some((part) => part.length >= 15 && code.includes(part.trim())),
  );
}
