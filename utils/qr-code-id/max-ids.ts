/** The most ids that are taken at once; a longer list is refused whole, never cut short. */
export const MAX_IDS = 100_000;
