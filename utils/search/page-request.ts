/** The ids of a page, one for each entry; `undefined` if an entry has none. */
export type PageIds = readonly (string | undefined)[];

/** The query of the next call. */
export interface PageRequest {
  offset: number;
  limit: number;
}

/**
 * `all`: the last pages showed that no code follows. `unsure`: the pages contradict each other, or the gateway refused
 * the calls that would have shown the end, so there may be more codes.
 */
export type CursorEnd = 'more' | 'all' | 'unsure';
