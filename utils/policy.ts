import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { ENVIRONMENTS, type Environment } from './environment.ts';
import { withTimeLimit } from './lib/time-limit.ts';
import { LOCK_AFTER_MINUTES } from './vault/auto-lock.ts';

/** What an administrator may lay down. The names are those of `public/managed-schema.json`. */
interface PolicyValues {
  requirePassphrase: boolean;
  /** Minutes. */
  longestLockTime?: number | undefined;
  forbidSkippingConfirmation: boolean;
  /** Whether nothing is cancelled without a reason. */
  requireReason: boolean;
  environments: readonly Environment[];
  /** The most codes that one job may cancel; 0 allows no job. */
  largestBulk?: number | undefined;
}

/** What holds by the administrator's policy, and what of it could not be read and so has its strictest reading. */
export interface Policy extends PolicyValues {
  /** Names of the values that could not be read; `all` if the browser did not give the policy. */
  unreadable: readonly (keyof PolicyValues)[] | 'all';
}

/** Nothing laid down. */
export const NO_POLICY: Policy = {
  requirePassphrase: false,
  forbidSkippingConfirmation: false,
  requireReason: false,
  environments: ENVIRONMENTS,
  unreadable: [],
};

/** For values that can't be read, nothing is allowed that a policy could have forbidden. */
const STRICTEST = {
  requirePassphrase: true,
  longestLockTime: Math.min(...LOCK_AFTER_MINUTES),
  forbidSkippingConfirmation: true,
  requireReason: true,
  environments: [],
  largestBulk: 0,
} satisfies PolicyValues;

const flag = v.boolean();
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const VALUES = {
  requirePassphrase: flag,
  longestLockTime: v.pipe(
    amount,
    v.transform((minutes) => Math.max(minutes, STRICTEST.longestLockTime)),
  ),
  forbidSkippingConfirmation: flag,
  requireReason: flag,
  environments: v.array(v.unknown()),
  largestBulk: v.pipe(amount, v.transform(Math.floor)),
};

/** Reads what the browser gave as the policy. */
function parsePolicy(managed: unknown): Policy {
  if (typeof managed !== 'object' || managed === null) return { ...STRICTEST, unreadable: 'all' };
  const policy: Record<string, unknown> = { ...NO_POLICY };
  const unreadable: (keyof PolicyValues)[] = [];
  for (const name of Object.keys(VALUES) as (keyof PolicyValues)[]) {
    const laidDown = (managed as Record<string, unknown>)[name];
    if (laidDown === undefined) continue;
    const parsed = v.safeParse(VALUES[name], laidDown);
    policy[name] = parsed.success ? parsed.output : STRICTEST[name];
    if (!parsed.success) unreadable.push(name);
    else if (name === 'environments') {
      const named = parsed.output as unknown[];
      policy[name] = ENVIRONMENTS.filter((environment) => named.includes(environment));
      // A name that is misspelt allows nothing, and the administrator may not have meant that.
      if (!named.every((each) => (ENVIRONMENTS as readonly unknown[]).includes(each))) unreadable.push(name);
    }
  }
  return { ...(policy as unknown as Policy), unreadable };
}

/** Browsers answer within milliseconds. */
const ANSWERED_WITHIN_MS = 3_000;

/** Firefox 153 rejects so if no policy is laid down (measured); Chromium 156 answers `{}`. */
const NO_MANIFEST = /managed storage manifest not found/i;

export interface PolicyReaderDeps {
  /** Asks the browser for the managed values. */
  get(): Promise<unknown>;
  /** Called when a policy has come after all that had been late. */
  onAnswered(): void;
}

/**
 * Makes the reader of the administrator's policy. It never rejects. If the browser fails, or does not answer within 3 s,
 * the strictest policy holds, until it answers.
 */
export function createPolicyReader({ get, onAnswered }: PolicyReaderDeps): () => Promise<Policy> {
  const strictest: Policy = { ...STRICTEST, unreadable: 'all' };
  let asked: Promise<Policy> | undefined;
  let isLate = false;

  async function ask(): Promise<Policy> {
    try {
      return parsePolicy(await get());
    } catch (error) {
      return error instanceof Error && NO_MANIFEST.test(error.message) ? NO_POLICY : strictest;
    } finally {
      asked = undefined;
      if (isLate) onAnswered();
      isLate = false;
    }
  }

  return async () => {
    asked ??= ask();
    // Each opening of a key waits for this: what is late once is not waited for again.
    if (isLate) return strictest;
    return withTimeLimit(asked, ANSWERED_WITHIN_MS, () => new Error('late')).catch(() => {
      isLate = asked !== undefined;
      return strictest;
    });
  };
}

/** The values that an administrator has laid down, as the browser gives them; none if it knows no such storage. */
export async function readManaged(): Promise<unknown> {
  return browser.storage.managed ? browser.storage.managed.get() : {};
}
