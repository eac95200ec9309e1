export const ENVIRONMENTS = ['UAT', 'LIVE'] as const;

/** Which of EnKash's two gateways is meant: the one for tests, or the one where money moves. */
export type Environment = (typeof ENVIRONMENTS)[number];
