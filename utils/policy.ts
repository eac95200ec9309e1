import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { ENVIRONMENTS, type Environment } from './environment.ts';

/** What an administrator has laid down. The names are those of `public/managed-schema.json`. */
export interface Policy {
  requirePassphrase: boolean;
  /** Minutes. */
  longestLockTime?: number | undefined;
  forbidSkippingConfirmation: boolean;
  /** Whether nothing is cancelled without a reason. */
  requireReason: boolean;
  environments: readonly Environment[];
  largestBulk?: number | undefined;
}

const positive = v.pipe(v.number(), v.minValue(1));

/** Nothing laid down. */
export const NO_POLICY: Policy = {
  requirePassphrase: false,
  forbidSkippingConfirmation: false,
  requireReason: false,
  environments: ENVIRONMENTS,
};

const all = [...ENVIRONMENTS];

/** What is misspelt in the list of environments allows nothing. */
function knownOf(named: unknown[]): Environment[] {
  return ENVIRONMENTS.filter((environment) => named.includes(environment));
}

/** A value that is not of its kind counts as not set, but for a flag: that one then counts as switched on. */
const ManagedPolicy = v.object({
  requirePassphrase: v.fallback(v.optional(v.boolean(), false), true),
  longestLockTime: v.fallback(v.optional(positive), undefined),
  forbidSkippingConfirmation: v.fallback(v.optional(v.boolean(), false), true),
  requireReason: v.fallback(v.optional(v.boolean(), false), true),
  environments: v.fallback(v.optional(v.pipe(v.array(v.unknown()), v.transform(knownOf)), all), all),
  largestBulk: v.fallback(v.optional(positive), undefined),
});

/** The administrator's policy; where there is none, or the browser knows of none, nothing is laid down. */
export async function readPolicy(): Promise<Policy> {
  const managed = await browser.storage.managed.get().catch(() => ({}));
  const parsed = v.safeParse(ManagedPolicy, managed);
  return parsed.success ? parsed.output : NO_POLICY;
}
