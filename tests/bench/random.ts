/** Returns numbers from 0 to less than 1. */
export type Random = () => number;

/** A seeded random number generator (mulberry32), so that a run can be repeated. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A random permutation; all are equally likely. */
export function shuffled<T>(elements: readonly T[], random: Random): T[] {
  const remaining = [...elements];
  const drawn: T[] = [];
  while (remaining.length > 0) drawn.push(...remaining.splice(Math.floor(random() * remaining.length), 1));
  return drawn;
}
