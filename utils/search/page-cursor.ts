import { CodeAnchor } from './code-anchor.ts';
import {
  type Finding,
  findNumbering,
  type ProbeContext,
  type ProbeStep,
  probeRequest,
} from './numbering-probe.ts';
import type { CursorEnd, PageIds, PageRequest } from './page-request.ts';
import { createPageSweep, type PageNumbering, type PageSweep } from './page-sweep.ts';

export interface PageCursorOptions {
  /** `limit` of the first call. */
  firstLimit: number;
  /** The highest `limit`. */
  maxLimit: number;
  /** The lowest `limit` that {@link PageCursor.shrink} goes down to. */
  minLimit: number;
}

/** Decides from the pages so far which one to request next, and when a list is complete. */
export interface PageCursor {
  /** The next call; nothing at the end. */
  next(): PageRequest | undefined;
  /** Takes the answer to the call of `next`. */
  add(ids: PageIds): void;
  /**
   * Takes a refusal of the call of `next`. Returns whether another call remains. None remains after a refused first page,
   * and after a refused page of a list whose numbering is known.
   */
  refuse(): boolean;
  /** Requests smaller pages after one that was too large or too slow. Returns false if the limit is the lowest. */
  shrink(): boolean;
  end(): CursorEnd;
  /** Whether the next page begins at the end of the last one, so that they share one entry at most. */
  isFollowing(): boolean;
}

/** The first page, a probe of the numbering, or pages of a list whose numbering is known. */
type Step = 'first' | ProbeStep | 'codes' | 'pages' | 'ended';

/** How often the first page may change after it seemed to be the only one. */
const MAX_RESTARTS = 3;

/**
 * Creates a cursor. It has no side effects. EnKash does not publish how `offset` counts, nor whether a page may be capped
 * below `limit`. So the cursor concludes both from the pages. It trusts no total, because that may be the page's.
 *
 * If `offset` counts codes, adjacent pages share an entry ({@link CodeAnchor}). If it counts pages, the cursor reads the
 * list until two readings agree ({@link PageSweep}).
 */
export function createPageCursor(options: PageCursorOptions): PageCursor {
  return new AdaptiveCursor(options);
}

class AdaptiveCursor implements PageCursor {
  readonly #options: PageCursorOptions;
  readonly #anchor = new CodeAnchor();
  #step: Step = 'first';
  #end: CursorEnd = 'more';
  #first: PageIds = [];
  #limit: number;
  #highestLimit: number;
  /** The highest limit that gave a page. */
  #acceptedLimit = 0;
  /** Whether a conclusion rests on a refusal. */
  #isDoubtful = false;
  #restarts = 0;
  #sweep: PageSweep | undefined;

  constructor(options: PageCursorOptions) {
    this.#options = options;
    this.#limit = options.firstLimit;
    this.#highestLimit = options.maxLimit;
  }

  next(): PageRequest | undefined {
    switch (this.#step) {
      case 'first':
      case 'codes':
        return { offset: this.#anchor.offset, limit: this.#limit };
      case 'pages':
        return this.#sweep?.next();
      case 'ended':
        return undefined;
      default:
        return probeRequest(this.#step, this.#context(), {
          limit: this.#limit,
          pageSize: Math.min(this.#first.length, this.#highestLimit),
        });
    }
  }

  add(ids: PageIds): void {
    const request = this.next();
    if (request && ids.length > 0) this.#acceptedLimit = Math.max(this.#acceptedLimit, request.limit);
    this.#take(ids);
  }

  refuse(): boolean {
    const request = this.next();
    if (!request) return false;
    if (this.#acceptedLimit > 0 && request.limit > this.#acceptedLimit) {
      this.#highestLimit = this.#acceptedLimit;
      this.#limit = Math.min(this.#limit, this.#highestLimit);
      this.#sweep?.limitTo(this.#highestLimit);
      return true;
    }
    if (this.#step === 'first' || this.#step === 'codes' || this.#step === 'pages') return false;
    this.#isDoubtful = this.#step !== 'last-entry';
    this.#take([]);
    return true;
  }

  shrink(): boolean {
    const request = this.next();
    const { minLimit } = this.#options;
    if (!request || request.limit <= minLimit) return false;
    this.#highestLimit = Math.max(minLimit, Math.floor(request.limit / 2));
    this.#limit = this.#highestLimit;
    if (this.#step === 'pages') this.#sweep?.limitTo(this.#highestLimit);
    else if (this.#step !== 'codes' && this.#step !== 'last-entry') {
      this.#step = 'first';
      this.#anchor.moveToStart();
    }
    return true;
  }

  end(): CursorEnd {
    return this.#end;
  }

  isFollowing(): boolean {
    return this.#step === 'first' || this.#step === 'last-entry' || this.#step === 'codes';
  }

  #context(): ProbeContext {
    return { first: this.#first, anchor: this.#anchor, maxLimit: this.#options.maxLimit };
  }

  #take(ids: PageIds): void {
    const step = this.#step;
    if (step === 'first') this.#takeFirst(ids);
    else if (step === 'codes') this.#takeCodes(ids);
    else if (step === 'pages') this.#takePage(ids);
    else if (step !== 'ended') this.#applyFinding(findNumbering(step, ids, this.#context()), ids);
  }

  #takeFirst(ids: PageIds): void {
    this.#first = ids;
    const hasId = this.#anchor.restart(ids);
    if (ids.length === 0) this.#step = 'one-first';
    // Without an id, pages cannot be compared.
    else if (!hasId) this.#finish('unsure');
    else {
      this.#step = this.#anchor.offset > 0 ? 'last-entry' : 'one';
      this.#limit = Math.min(this.#highestLimit, this.#limit * 2);
    }
  }

  #applyFinding(finding: Finding, ids: PageIds): void {
    if (finding.kind === 'probe') this.#step = finding.step;
    else if (finding.kind === 'codes') this.#continueByCodes(ids, finding.from);
    else if (finding.kind === 'pages') this.#continueByPages(finding.pages, finding.numbering);
    else if (finding.kind === 'ended') this.#finish(finding.end);
    else this.#restartFirst(ids);
  }

  #restartFirst(ids: PageIds): void {
    this.#restarts += 1;
    if (this.#restarts > MAX_RESTARTS) this.#finish('unsure');
    else this.#takeFirst(ids);
  }

  #continueByCodes(ids: PageIds, from: number): void {
    this.#anchor.advance(ids, from);
    this.#isDoubtful = false;
    this.#step = 'codes';
    this.#limit = Math.min(this.#highestLimit, this.#acceptedLimit * 2);
  }

  #continueByPages(pages: PageIds[], numbering: PageNumbering): void {
    this.#isDoubtful = false;
    this.#step = 'pages';
    this.#sweep = createPageSweep(pages, numbering, this.#highestLimit);
    if (this.#sweep.end() !== 'more') this.#finish(this.#sweep.end());
  }

  #takeCodes(ids: PageIds): void {
    const anchor = this.#anchor;
    if (ids.length === 0 && anchor.offset === 0) this.#finish('all');
    else if (ids.length === 0 || !anchor.isAdjacent(ids)) {
      if (!anchor.moveBack(ids.length)) this.#finish('unsure');
    } else if (anchor.isLastPage(ids)) this.#finish('all');
    else this.#continueByCodes(ids, anchor.offset);
  }

  #takePage(ids: PageIds): void {
    this.#sweep?.add(ids);
    const end = this.#sweep?.end() ?? 'unsure';
    if (end !== 'more') this.#finish(end);
  }

  #finish(end: CursorEnd): void {
    this.#step = 'ended';
    this.#end = this.#isDoubtful ? 'unsure' : end;
  }
}
