import type { CodeAnchor } from './code-anchor.ts';
import type { CursorEnd, PageIds, PageRequest } from './page-request.ts';
import type { PageNumbering } from './page-sweep.ts';

/**
 * A call after the first page that tells how `offset` counts:
 * - `last-entry`: the offset of the last code that came. Only a gateway that counts codes answers with that code.
 * - `one`: offset 1. The answer is the first page moved by one code (counts codes), the same page (counts pages from 1)
 *   or other codes (counts pages from 0).
 * - `two`: offset 2, for the second page if pages count from 1.
 * - `aligned`: the offset after the first page, for a gateway that rounds offsets down to whole pages.
 * - `one-first`: offset 1 after an empty page at offset 0.
 * - `again`: the first page again, if it seems to be the only one.
 */
export type ProbeStep = 'last-entry' | 'one' | 'two' | 'aligned' | 'one-first' | 'again';

/** The conclusion from the answer to a probe. `codes` holds the offset at which the page begins. */
export type Finding =
  | { kind: 'probe'; step: ProbeStep }
  | { kind: 'codes'; from: number }
  | { kind: 'pages'; pages: PageIds[]; numbering: PageNumbering }
  | { kind: 'ended'; end: Exclude<CursorEnd, 'more'> }
  | { kind: 'first-page-changed' };

export interface ProbeContext {
  first: PageIds;
  anchor: CodeAnchor;
  /** The highest `limit`. */
  maxLimit: number;
}

/** The call of a probe. `limit` is that of the next page, `pageSize` the size of the first one. */
export function probeRequest(
  step: ProbeStep,
  { first, anchor }: ProbeContext,
  { limit, pageSize }: { limit: number; pageSize: number },
): PageRequest {
  switch (step) {
    case 'last-entry':
      return { offset: anchor.offset, limit };
    case 'again':
      return { offset: 0, limit };
    case 'one-first':
      return { offset: 1, limit };
    case 'one':
      return { offset: 1, limit: pageSize };
    case 'two':
      return { offset: 2, limit: pageSize };
    case 'aligned':
      return { offset: first.length, limit: pageSize };
  }
}

/** Concludes from the answer to a probe how pages are numbered, or which probe comes next. */
export function findNumbering(step: ProbeStep, ids: PageIds, context: ProbeContext): Finding {
  return FINDERS[step](ids, context);
}

const FINDERS: Record<ProbeStep, (ids: PageIds, context: ProbeContext) => Finding> = {
  'last-entry': (ids, { first, anchor }) => {
    if (compareWithFirst(ids, first) !== 'moved') return probe('one');
    return anchor.isLastPage(ids) ? ended('all') : { kind: 'codes', from: anchor.offset };
  },
  one: (ids, { first }) => {
    // If the first page has one code, its next page would also be offset 1, so the first page is requested again.
    if (ids.length === 0) return probe(first.length === 1 ? 'again' : 'aligned');
    const comparison = compareWithFirst(ids, first);
    if (comparison === 'same') return probe('two');
    if (comparison === 'moved') return { kind: 'codes', from: 1 };
    return { kind: 'pages', pages: [first, ids], numbering: { first: 0, stride: 'page' } };
  },
  two: (ids, { first }) => {
    if (ids.length === 0) return probe('again');
    const comparison = compareWithFirst(ids, first);
    if (comparison === 'same') return probe('aligned');
    if (comparison === 'moved') return { kind: 'codes', from: 2 };
    return { kind: 'pages', pages: [first, ids], numbering: { first: 1, stride: 'page' } };
  },
  aligned: (ids, { first, maxLimit }) => {
    if (ids.length === 0) return probe('again');
    const comparison = compareWithFirst(ids, first);
    // The same page at every offset, longer than requested: the gateway returns the whole list at once.
    if (comparison === 'same' && first.length > maxLimit) return ended('all');
    return comparison === 'other'
      ? { kind: 'pages', pages: [first, ids], numbering: { first: 0, stride: 'limit' } }
      : ended('unsure');
  },
  'one-first': (ids) =>
    ids.length === 0
      ? ended('all')
      : { kind: 'pages', pages: [ids], numbering: { first: 1, stride: 'page' } },
  // Codes that were removed in the meantime may have moved others onto the first page.
  again: (ids, { anchor }) => (anchor.isAllSeen(ids) ? ended('all') : { kind: 'first-page-changed' }),
};

/** Compares the first id of a page with the first page: its first entry, another one of it, or none. */
function compareWithFirst(ids: PageIds, first: PageIds): 'same' | 'moved' | 'other' {
  const start = ids.find((id) => id !== undefined);
  if (start === undefined) return 'other';
  if (start === first.find((id) => id !== undefined)) return 'same';
  return first.includes(start) ? 'moved' : 'other';
}

function probe(step: ProbeStep): Finding {
  return { kind: 'probe', step };
}

function ended(end: 'all' | 'unsure'): Finding {
  return { kind: 'ended', end };
}
