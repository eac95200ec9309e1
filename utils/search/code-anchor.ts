import type { PageIds } from './page-request.ts';

/** How often the anchor moves back in a list that shrinks while it is read. */
const MAX_STEPS_BACK = 40;

/**
 * The position in a list whose `offset` counts codes. Each page begins with the last known code of the page before: the
 * anchor. If the list has shrunk, the next page does not begin with a known code. At the end of the list, the page holds
 * the anchor alone.
 */
export class CodeAnchor {
  readonly #seen = new Set<string>();
  #offset = 0;
  /** The id of the entry at the offset. */
  #id: string | undefined;
  /** The number of entries without an id after the anchor. */
  #tail = 0;
  #distance = 0;
  #stepsBack = 0;

  get offset(): number {
    return this.#offset;
  }

  moveToStart(): void {
    this.#offset = 0;
  }

  /** Forgets all codes and takes the first page. Returns false if no entry of it has an id. */
  restart(ids: PageIds): boolean {
    this.#seen.clear();
    this.#addSeen(ids);
    if (this.#seen.size === 0) return false;
    this.#anchorIn(ids, 0);
    return true;
  }

  /** Takes a page that begins at the offset `from` and leaves no code out after the known ones. */
  advance(ids: PageIds, from: number): void {
    this.#addSeen(ids);
    this.#distance = 0;
    this.#anchorIn(ids, from);
  }

  /** Moves back if codes were removed, so that others moved up past the anchor. Returns false after too many steps. */
  moveBack(received: number): boolean {
    this.#stepsBack += 1;
    if (this.#stepsBack > MAX_STEPS_BACK) return false;
    this.#distance = Math.max(1, received, this.#distance * 2);
    this.#offset = Math.max(0, this.#offset - this.#distance);
    return true;
  }

  /** Whether a page that begins at the anchor holds nothing new. */
  isLastPage(ids: PageIds): boolean {
    return ids.length - 1 <= this.#tail && ids.every((id, at) => at === 0 || id === undefined);
  }

  /** Whether a page leaves no code out. Every code before a known one is known too. */
  isAdjacent([start]: PageIds): boolean {
    if (this.#offset === 0) return true;
    return start === undefined ? this.#id === undefined : this.#seen.has(start);
  }

  isAllSeen(ids: PageIds): boolean {
    return ids.every((id) => id === undefined || this.#seen.has(id));
  }

  #addSeen(ids: PageIds): void {
    for (const id of ids) if (id !== undefined) this.#seen.add(id);
  }

  /** Anchors at the last entry with an id, or at the last entry if only the first one or none has an id. */
  #anchorIn(ids: PageIds, from: number): void {
    const withId = ids.findLastIndex((id) => id !== undefined);
    const at = withId > 0 ? withId : ids.length - 1;
    this.#id = ids[at];
    this.#tail = ids.length - 1 - at;
    this.#offset = from + at;
  }
}
