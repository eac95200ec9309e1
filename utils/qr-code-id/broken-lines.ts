import { isQrCodeId } from './id.ts';
import type { TextLine } from './plain-text.ts';
import { isStrongId } from './word.ts';

/** The last word of a line and the first word of the next. */
interface Seam {
  line: number;
  nextLine: number;
  before: string;
  after: string;
  /** Whether a hyphen or `=` marks the line break. */
  isMarked: boolean;
}

const LAST_WORD = /(?:^|[\s,;|>"'(])([A-Za-z0-9][A-Za-z0-9_-]*)([-=\u00ad]?)\s*$/;
const FIRST_WORD = /^[\s>]*([A-Za-z0-9_-]+)(?=$|[\s,;|.)"'])/;
/** A line of two words, which may be an ID with a space inside. */
const TWO_WORDS = /^\s*([A-Za-z0-9]+)\s+([A-Za-z0-9]+)\s*$/;
const SHARED_BEGINNING = 3;
/** One more than the IDs that a seam consists of. */
const SAMPLES = 4;
/** A text with more lines is a list, not a copied page. Only marked seams are searched in it. */
const MAX_LINES = 5_000;

/**
 * Finds IDs that a line break cuts in two, as in text copied from a PDF or a saved mail. Returns both parts with their
 * lines. A marked part ends in `-` or `=`. Other parts are recognized by length: together they are as long as a whole ID
 * with the same beginning, or all lines alternate between beginnings and shorter ends.
 */
export function brokenParts(lines: readonly TextLine[]): { line: number; text: string }[] {
  const seams = seamsOf(lines);
  if (seams.length === 0) return [];
  const whole = wholeIds(lines);
  const samples = samplesOf(whole);
  const broken = seams.filter((seam) => seam.isMarked && isMarkedSeam(seam, samples));
  const lengths = new Set(broken.map(({ before, after }) => keyOf(before, before.length + after.length)));
  for (const id of whole) lengths.add(keyOf(id, id.length));
  const candidates = seams.filter((seam) => !seam.isMarked && isUnmarkedSeam(seam));
  const alternate = alternates(candidates, seams, lines);
  for (const seam of candidates)
    if (alternate || lengths.has(keyOf(seam.before, seam.before.length + seam.after.length)))
      broken.push(seam);
  return broken.flatMap(({ line, nextLine, before, after }) => [
    { line, text: before },
    { line: nextLine, text: after },
  ]);
}

/** A key that IDs share if they have the same beginning and length. */
function keyOf(id: string, length: number): string {
  return `${id.slice(0, SHARED_BEGINNING)} ${length}`;
}

/** Whether every second line is the end of the line before, and the text holds nothing else. */
function alternates(
  candidates: readonly Seam[],
  seams: readonly Seam[],
  lines: readonly TextLine[],
): boolean {
  const filled = lines.filter(({ text }) => text.trim() !== '').length;
  const [first] = candidates;
  return (
    first !== undefined &&
    candidates.length >= 2 &&
    candidates.length * 2 === filled &&
    candidates.every(
      ({ before, after }) => keyOf(before, 0) === keyOf(first.before, 0) && after.length < before.length,
    ) &&
    candidates.every((seam) => seams.indexOf(seam) % 2 === 0)
  );
}

function seamsOf(lines: readonly TextLine[]): Seam[] {
  const filled = lines.filter(({ text }) => text.trim() !== '');
  const seams: Seam[] = [];
  const onlyMarked = filled.length > MAX_LINES;
  for (const [index, { line, text }] of filled.entries()) {
    const [, first, second] = TWO_WORDS.exec(text) ?? [];
    if (first && second) seams.push({ line, nextLine: line, before: first, after: second, isMarked: false });
    const next = filled[index + 1];
    if (!next || next.line !== line + 1 || (onlyMarked && !/[-=\u00ad]\s*$/.test(text))) continue;
    const last = LAST_WORD.exec(text);
    const after = FIRST_WORD.exec(next.text)?.[1];
    if (!last?.[1] || after === undefined) continue;
    const mark = last[2] !== '' || last[1].endsWith('-');
    const before = last[1].replace(/-$/, '');
    if (/\d/.test(before + after)) seams.push({ line, nextLine: next.line, before, after, isMarked: mark });
  }
  return seams;
}

function wholeIds(lines: readonly TextLine[]): Set<string> {
  const ids = new Set<string>();
  for (const { text } of lines)
    if (/\d/.test(text))
      for (const word of text.split(/[\s,;|"'()[\]]+/)) if (isStrongId(word)) ids.add(word);
  return ids;
}

/** Some IDs of each length and beginning: enough that at least one is not part of a given seam. */
function samplesOf(whole: ReadonlySet<string>): Map<string, string[]> {
  const samples = new Map<string, string[]>();
  for (const id of whole) {
    const key = sampleKey(id);
    const alike = samples.get(key);
    if (!alike) samples.set(key, [id]);
    else if (alike.length < SAMPLES) alike.push(id);
  }
  return samples;
}

function sampleKey(id: string): string {
  return `${id.slice(0, 2)} ${id.length}`;
}

/** Whether a marked seam cuts an ID. If IDs of the list end in a hyphen, the next word is a whole ID like others. */
function isMarkedSeam({ before, after }: Seam, samples: ReadonlyMap<string, readonly string[]>): boolean {
  const begins = before.slice(0, SHARED_BEGINNING);
  const own = [before, after, `${before}-`];
  const isWholeNext = samples.get(sampleKey(after))?.some((id) => !own.includes(id)) ?? false;
  const isAlike = after.startsWith(begins) && before.length >= after.length;
  return before.length >= SHARED_BEGINNING && after.length >= 2 && !isWholeNext && !isAlike;
}

/** The second part does not begin as the first one does, and they make up an ID together. */
function isUnmarkedSeam({ before, after }: Seam): boolean {
  const begins = before.slice(0, SHARED_BEGINNING);
  return (
    before.length >= SHARED_BEGINNING + 1 &&
    isQrCodeId(before + after) &&
    isStrongId(before) &&
    after.length < before.length + 8 &&
    !after.startsWith(begins) &&
    /\d/.test(after) &&
    after === after.toUpperCase() &&
    before === before.toUpperCase()
  );
}
