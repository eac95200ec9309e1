import { createPageSweep, type PageSweep } from './page-sweep.ts';

/** What a page of a search holds, entry by entry: its id, or nothing where it has none. */
export type PageIds = readonly (string | undefined)[];

/** The query of the next call. */
export interface PageRequest {
  offset: number;
  limit: number;
}

/**
 * `all`: it was seen that nothing comes after the last code. `unsure`: the pages contradict each other, or calls that
 * should have shown the end were refused, so there may be more codes.
 */
export type CursorEnd = 'more' | 'all' | 'unsure';

export interface PageCursorOptions {
  /** `limit` of the first call. */
  firstLimit: number;
  /** The highest `limit`. */
  maxLimit: number;
  /** The lowest `limit` that {@link PageCursor.shrink} goes down to. */
  minLimit: number;
}

/** Decides from the pages that came which one to ask for next, and when a list is complete. */
export interface PageCursor {
  /** The next call; nothing at the end. */
  next(): PageRequest | undefined;
  /** Takes the answer to the call that `next` gave. */
  add(ids: PageIds): void;
  /**
   * Takes a refusal of the call that `next` gave. Answers whether there is another call to make: a refused first page
   * and a refused page of a list whose numbering is known leave none.
   */
  refuse(): boolean;
  /** Asks for smaller pages, as the last one was too large or too slow; answers whether there are any. */
  shrink(): boolean;
  end(): CursorEnd;
  /** Whether the next page is to begin where the last one ended, so that they have one entry in common at most. */
  isFollowing(): boolean;
}

/**
 * What is being found out, or known. Which calls tell the numberings apart:
 * `first` offset 0 · `last-entry` the offset of the last code that came: only a gateway that counts codes answers with
 * that code · `one` offset 1: the first page moved by one code (counts codes), the same page (pages from 1), other
 * codes (pages from 0) · `two` offset 2, to see a second page where pages count from 1 · `aligned` the offset after the
 * first page, for a gateway that rounds offsets down to whole pages · `one-first` offset 1, where offset 0 was empty · `again` the first page, where it is taken for the only one.
 */
type Step =
  | 'first'
  | 'last-entry'
  | 'one'
  | 'two'
  | 'aligned'
  | 'one-first'
  | 'again'
  | 'codes'
  | 'pages'
  | 'ended';

/** How often the cursor goes back in a list that shrinks while it is read, before it gives up. */
const MAX_STEPS_BACK = 40;
/** How often the first page is taken for the only one and turns out to hold other codes by then. */
const MAX_RESTARTS = 3;

/**
 * Builds a cursor. It has no side effects. How `offset` counts is not published for certain, nor whether a page may be
 * capped below `limit`, so both are found out from what comes. No total is believed: it may be the page's.
 *
 * Where `offset` counts codes, each page begins with the last code of the page before. So a list that shrinks
 * meanwhile is noticed, and the end is a page of that one code rather than an empty one. Where `offset` counts pages,
 * the list is read again until two readings agree.
 */
export function createPageCursor({ firstLimit, maxLimit, minLimit }: PageCursorOptions): PageCursor {
  let step: Step = 'first';
  let end: CursorEnd = 'more';
  let limit = firstLimit;
  let most = maxLimit;
  /** The highest limit under which a page came. */
  let accepted = 0;
  let first: PageIds = [];
  const seen = new Set<string>();
  /** Whether a conclusion rests on a refusal. */
  let doubtful = false;
  let offset = 0;
  /** The id of the entry at `offset`, and how many entries without an id came after it. */
  let last: string | undefined;
  let tail = 0;
  let back = 0;
  let stepsBack = 0;
  let restarts = 0;
  let sweep: PageSweep | undefined;

  const size = () => Math.min(first.length, most);

  function finish(how: CursorEnd): void {
    step = 'ended';
    end = doubtful ? 'unsure' : how;
  }

  function next(): PageRequest | undefined {
    switch (step) {
      case 'first':
      case 'codes':
      case 'last-entry':
        return { offset, limit };
      case 'again':
        return { offset: 0, limit };
      case 'one-first':
        return { offset: 1, limit };
      case 'one':
        return { offset: 1, limit: size() };
      case 'two':
        return { offset: 2, limit: size() };
      case 'aligned':
        return { offset: first.length, limit: size() };
      case 'pages':
        return sweep?.next();
      case 'ended':
        return undefined;
    }
  }

  /** Lets the next page begin with the last entry of this one that has an id, or else with its last entry. */
  function anchorIn(ids: PageIds, from: number): void {
    const withId = ids.findLastIndex((id) => id !== undefined);
    const at = withId > 0 ? withId : ids.length - 1;
    last = ids[at];
    tail = ids.length - 1 - at;
    offset = from + at;
  }

  /** Whether a page that begins with the last entry known holds nothing after it that is not known. */
  const isEnd = (ids: PageIds) =>
    ids.length - 1 <= tail && ids.every((id, at) => at === 0 || id === undefined);

  /** Takes a page that leaves no code out between those that were seen and its own. */
  function goOnByCodes(ids: PageIds, from: number): void {
    for (const id of ids) if (id !== undefined) seen.add(id);
    doubtful = false;
    step = 'codes';
    back = 0;
    anchorIn(ids, from);
    limit = Math.min(most, accepted * 2);
  }

  function goOnByPages(pages: PageIds[], numbering: { first: number; stride: 'page' | 'limit' }): void {
    doubtful = false;
    step = 'pages';
    sweep = createPageSweep(pages, numbering, most);
    if (sweep.end() !== 'more') finish(sweep.end());
  }

  function addFirst(ids: PageIds): void {
    first = ids;
    seen.clear();
    for (const id of ids) if (id !== undefined) seen.add(id);
    if (ids.length === 0) step = 'one-first';
    // Without a single id no page can be told from another.
    else if (seen.size === 0) finish('unsure');
    else {
      anchorIn(ids, 0);
      step = offset > 0 ? 'last-entry' : 'one';
      limit = Math.min(most, limit * 2);
    }
  }

  function isOfFirst(ids: PageIds): 'same' | 'moved' | 'other' {
    const start = ids.find((id) => id !== undefined);
    if (start === undefined) return 'other';
    if (start === first.find((id) => id !== undefined)) return 'same';
    return first.includes(start) ? 'moved' : 'other';
  }

  function addLastEntry(ids: PageIds): void {
    if (isOfFirst(ids) !== 'moved') step = 'one';
    else if (isEnd(ids)) finish('all');
    else goOnByCodes(ids, offset);
  }

  function addOne(ids: PageIds): void {
    const is = isOfFirst(ids);
    // After a page of one code, the call for the next one would be this call again.
    if (ids.length === 0 && first.length === 1) step = 'again';
    else if (ids.length === 0) step = 'aligned';
    else if (is === 'same') step = 'two';
    else if (is === 'moved') goOnByCodes(ids, 1);
    else goOnByPages([first, ids], { first: 0, stride: 'page' });
  }

  function addTwo(ids: PageIds): void {
    const is = isOfFirst(ids);
    if (ids.length === 0) step = 'again';
    else if (is === 'same') step = 'aligned';
    else if (is === 'moved') goOnByCodes(ids, 2);
    else goOnByPages([first, ids], { first: 1, stride: 'page' });
  }

  function addAligned(ids: PageIds): void {
    const is = isOfFirst(ids);
    if (ids.length === 0) step = 'again';
    // One page for every offset, longer than it was asked for: a gateway that gives the whole list at once.
    else if (is === 'same' && first.length > maxLimit) finish('all');
    else if (is === 'other') goOnByPages([first, ids], { first: 0, stride: 'limit' });
    else finish('unsure');
  }

  function addOneFirst(ids: PageIds): void {
    first = ids;
    if (ids.length === 0) finish('all');
    else goOnByPages([ids], { first: 1, stride: 'page' });
  }

  /** Nothing came after the first page. Codes that went meanwhile may have moved others onto it. */
  function addAgain(ids: PageIds): void {
    if (ids.every((id) => id === undefined || seen.has(id))) {
      finish('all');
      return;
    }
    restarts += 1;
    if (restarts > MAX_RESTARTS) {
      finish('unsure');
      return;
    }
    addFirst(ids);
  }

  function addByCodes(ids: PageIds): void {
    const [start] = ids;
    // All codes before one that was seen were seen too, so such a page leaves none out.
    const joins = offset === 0 || (start === undefined ? last === undefined : seen.has(start));
    if (ids.length === 0) offset === 0 ? finish('all') : goBack(0);
    else if (!joins) goBack(ids.length);
    else if (isEnd(ids)) finish('all');
    else goOnByCodes(ids, offset);
  }

  /** Codes have gone from the list, so others moved up past the place where the next page was to begin. */
  function goBack(received: number): void {
    stepsBack += 1;
    if (stepsBack > MAX_STEPS_BACK) {
      finish('unsure');
      return;
    }
    back = Math.max(1, received, back * 2);
    offset = Math.max(0, offset - back);
  }

  function addByPages(ids: PageIds): void {
    sweep?.add(ids);
    const how = sweep?.end() ?? 'unsure';
    if (how !== 'more') finish(how);
  }

  const ADD: Record<Step, (ids: PageIds) => void> = {
    first: addFirst,
    'last-entry': addLastEntry,
    one: addOne,
    two: addTwo,
    aligned: addAligned,
    'one-first': addOneFirst,
    again: addAgain,
    codes: addByCodes,
    pages: addByPages,
    ended: () => undefined,
  };

  return {
    next,
    add(ids) {
      const asked = next();
      if (asked && ids.length > 0) accepted = Math.max(accepted, asked.limit);
      ADD[step](ids);
    },
    refuse() {
      const asked = next();
      if (!asked) return false;
      if (accepted > 0 && asked.limit > accepted) {
        most = accepted;
        limit = Math.min(limit, most);
        sweep?.limitTo(most);
        return true;
      }
      if (step === 'first' || step === 'codes' || step === 'pages') return false;
      doubtful = step !== 'last-entry';
      ADD[step]([]);
      return true;
    },
    shrink() {
      const asked = next();
      if (!asked || asked.limit <= minLimit) return false;
      most = Math.max(minLimit, Math.floor(asked.limit / 2));
      limit = most;
      if (step === 'pages') sweep?.limitTo(most);
      else if (step !== 'codes' && step !== 'last-entry') {
        step = 'first';
        offset = 0;
      }
      return true;
    },
    end: () => end,
    isFollowing: () => step === 'first' || step === 'last-entry' || step === 'codes',
  };
}
