import type { CursorEnd, PageIds, PageRequest } from './page-request.ts';

/** How a gateway that counts pages numbers them. */
export interface PageNumbering {
  /** The offset of the first page. */
  first: number;
  /** The step from page to page. `page`: one. `limit`: offsets are codes, rounded down to whole pages. */
  stride: 'page' | 'limit';
}

/** Reads a list of numbered pages from the first to the last, repeatedly, until it is known to be complete. */
export interface PageSweep {
  next(): PageRequest;
  add(ids: PageIds): void;
  /** Lowers the highest `limit`. */
  limitTo(limit: number): void;
  end(): CursorEnd;
}

/** The most readings of the whole list. A list that changes all the time never gives two equal readings. */
const MAX_SWEEPS = 5;
/** The most pages that may begin with a known code because new codes shifted the list. */
const MAX_REPEATS = 5;

/**
 * Creates a sweep that has read some pages already. Numbered pages can't overlap. If a code is removed during a reading,
 * another one moves over a page border unseen. So the sweep reads the list until two readings give the same codes.
 */
export function createPageSweep(
  read: readonly PageIds[],
  numbering: PageNumbering,
  limit: number,
): PageSweep {
  const sweep = new NumberedSweep(numbering, limit, read[0]?.length ?? limit);
  for (const page of read) sweep.add(page);
  return sweep;
}

class NumberedSweep implements PageSweep {
  readonly #numbering: PageNumbering;
  #maxLimit: number;
  #limit: number;
  #index = 0;
  #sweeps = 1;
  #ids = new Set<string>();
  #previousIds: ReadonlySet<string> | undefined;
  #previousPage: PageIds = [];
  /** Whether the next page may begin before the end of the last one, because pages have become smaller. */
  #overlaps = false;
  #repeats = 0;
  #end: CursorEnd = 'more';

  constructor(numbering: PageNumbering, maxLimit: number, limit: number) {
    this.#numbering = numbering;
    this.#maxLimit = maxLimit;
    this.#limit = limit;
  }

  next(): PageRequest {
    const { first, stride } = this.#numbering;
    return { offset: first + this.#index * (stride === 'page' ? 1 : this.#limit), limit: this.#limit };
  }

  add(page: PageIds): void {
    // Some gateways return the last page again for every offset after it. A short page can only be the last.
    if (page.length === 0 || (page.length < this.#limit && isEqual(page, this.#previousPage))) {
      this.#finishSweep();
      return;
    }
    const ids = this.#ids;
    const start = page.find((id) => id !== undefined);
    if (!this.#overlaps && (start === undefined || ids.has(start))) this.#repeats += 1;
    const hasNew = page.some((id) => id !== undefined && (this.#overlaps || !ids.has(id)));
    if (this.#repeats > MAX_REPEATS || !hasNew) {
      this.#end = 'unsure';
      return;
    }
    this.#overlaps = false;
    for (const id of page) if (id !== undefined) ids.add(id);
    // A first page that is shorter than requested is the last one or capped. Further pages have its size.
    if (this.#index === 0) this.#limit = Math.min(this.#maxLimit, page.length);
    this.#previousPage = page;
    this.#index += 1;
  }

  limitTo(limit: number): void {
    this.#maxLimit = Math.min(this.#maxLimit, limit);
    if (this.#limit <= this.#maxLimit) return;
    this.#index = Math.floor((this.#index * this.#limit) / this.#maxLimit);
    this.#limit = this.#maxLimit;
    this.#overlaps = true;
  }

  end(): CursorEnd {
    return this.#end;
  }

  #finishSweep(): void {
    if (this.#previousIds && isSame(this.#previousIds, this.#ids)) {
      this.#end = 'all';
      return;
    }
    if (this.#sweeps === MAX_SWEEPS) {
      this.#end = 'unsure';
      return;
    }
    this.#sweeps += 1;
    this.#previousIds = this.#ids;
    this.#ids = new Set();
    this.#index = 0;
    this.#previousPage = [];
    this.#limit = this.#maxLimit;
  }
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}

function isEqual(one: PageIds, other: PageIds): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}
