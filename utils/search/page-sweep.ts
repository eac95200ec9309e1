import type { CursorEnd, PageIds, PageRequest } from './page-cursor.ts';

/** How a gateway that counts pages names them: the offset of its first page, and what the next one adds to it. */
export interface PageNumbering {
  first: number;
  /** `page`: one a page. `limit`: offsets are codes, rounded down to whole pages. */
  stride: 'page' | 'limit';
}

/** Reads a list whose pages are numbered, from the first to the last and again, until it is known to be complete. */
export interface PageSweep {
  next(): PageRequest;
  add(ids: PageIds): void;
  /** Asks for no larger pages from now on. */
  limitTo(limit: number): void;
  end(): CursorEnd;
}

/** Readings of the whole list, at most. A list that changes all the time never gives two that agree. */
const MAX_SWEEPS = 5;
/** Pages that may begin with a code that came before, as new codes move the list; pages that overlap more are none. */
const MAX_REPEATS = 5;

/**
 * Builds a sweep that has read some pages already. Pages that are numbered can't overlap: a code that goes while they
 * are read moves another one over their border, unseen. So the list is read again, in pages as large as they come,
 * until two readings give the same codes.
 */
export function createPageSweep(read: readonly PageIds[], numbering: PageNumbering, most: number): PageSweep {
  let maxLimit = most;
  let limit = read[0]?.length ?? most;
  let index = 0;
  let sweeps = 1;
  let ids = new Set<string>();
  let before: ReadonlySet<string> | undefined;
  let previous: PageIds = [];
  /** Whether the next page may begin before the end of the last one, as pages have become smaller. */
  let overlaps = false;
  let repeats = 0;
  let end: CursorEnd = 'more';

  function next(): PageRequest {
    const { first, stride } = numbering;
    return { offset: first + index * (stride === 'page' ? 1 : limit), limit };
  }

  function finishSweep(): void {
    if (before && isSame(before, ids)) {
      end = 'all';
      return;
    }
    if (sweeps === MAX_SWEEPS) {
      end = 'unsure';
      return;
    }
    sweeps += 1;
    before = ids;
    ids = new Set();
    index = 0;
    previous = [];
    limit = maxLimit;
  }

  function add(page: PageIds): void {
    if (page.length === 0) {
      finishSweep();
      return;
    }
    // Some gateways give the last page again for any beyond it. A short one can only be the last.
    if (page.length < limit && isEqual(page, previous)) {
      finishSweep();
      return;
    }
    const start = page.find((id) => id !== undefined);
    if (!overlaps && (start === undefined || ids.has(start))) repeats += 1;
    if (repeats > MAX_REPEATS || page.every((id) => id === undefined || (!overlaps && ids.has(id)))) {
      end = 'unsure';
      return;
    }
    overlaps = false;
    for (const id of page) if (id !== undefined) ids.add(id);
    // A page that is shorter than asked for is the last, or capped: then the next one begins after as many.
    if (index === 0) limit = Math.min(maxLimit, page.length);
    previous = page;
    index += 1;
  }

  for (const page of read) add(page);

  return {
    next,
    add,
    limitTo(lower) {
      maxLimit = Math.min(maxLimit, lower);
      if (limit <= maxLimit) return;
      index = Math.floor((index * limit) / maxLimit);
      limit = maxLimit;
      overlaps = true;
    },
    end: () => end,
  };
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}

function isEqual(one: PageIds, other: PageIds): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}
