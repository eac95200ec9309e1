/** The maximum of ids in a list. A longer list is refused as a whole. */
export const MAX_IDS = 100_000;
