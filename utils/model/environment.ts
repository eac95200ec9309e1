export const ENVIRONMENTS = ['UAT', 'LIVE'] as const;

/** One of EnKash's two gateways: UAT for tests, LIVE for real payments. */
export type Environment = (typeof ENVIRONMENTS)[number];
