import { browser } from 'wxt/browser';
import { withTimeLimit } from '../lib/time-limit.ts';
import { ENVIRONMENTS, type Environment } from '../model/environment.ts';
import { LOCK_AFTER_MINUTES } from '../vault/auto-lock.ts';

/** What an administrator may lay down. The names are those of `public/managed-schema.json`. */
interface PolicyValues {
  requirePassphrase: boolean;
  /** Minutes. */
  maxLockMinutes?: number | undefined;
  forbidSkippingConfirmation: boolean;
  /** Whether nothing is cancelled without a reason. */
  requireReason: boolean;
  environments: readonly Environment[];
  /** The most codes that one job may cancel; 0 allows no job. */
  maxJobSize?: number | undefined;
}

/** What holds by the administrator's policy, and what of it could not be read and so has its strictest reading. */
export interface Policy extends PolicyValues {
  /** Names of the values that could not be read; `all` if the browser did not give the policy. */
  unreadable: readonly (keyof PolicyValues)[] | 'all';
}

/** Nothing laid down. */
export const DEFAULT_POLICY: Policy = {
  requirePassphrase: false,
  forbidSkippingConfirmation: false,
  requireReason: false,
  environments: ENVIRONMENTS,
  unreadable: [],
};

/** For values that can't be read, nothing is allowed that a policy could have forbidden. */
const STRICTEST = {
  requirePassphrase: true,
  maxLockMinutes: Math.min(...LOCK_AFTER_MINUTES),
  forbidSkippingConfirmation: true,
  requireReason: true,
  environments: [],
  maxJobSize: 0,
} satisfies PolicyValues;

const NOTHING_READ: Policy = { ...STRICTEST, unreadable: 'all' };

const isFlag = (value: unknown) => typeof value === 'boolean';
const isAmount = (value: unknown) => Number.isFinite(value) && Number(value) >= 0;

/** Whether a value is of its kind. Strings are not read as numbers, flags or lists: their writer may have meant another. */
const CAN_READ: { [Name in keyof PolicyValues]-?: (value: unknown) => boolean } = {
  requirePassphrase: isFlag,
  maxLockMinutes: isAmount,
  forbidSkippingConfirmation: isFlag,
  requireReason: isFlag,
  environments: (value) => Array.isArray(value) && value.every((each) => ENVIRONMENTS.includes(each)),
  maxJobSize: isAmount,
};

/** Reads what the browser gave as the policy. */
function parsePolicy(managed: unknown): Policy {
  if (typeof managed !== 'object' || managed === null) return NOTHING_READ;
  const laidDown = managed as { [Name in keyof PolicyValues]?: never };
  const names = (Object.keys(CAN_READ) as (keyof PolicyValues)[]).filter(
    (name) => laidDown[name] !== undefined,
  );
  const unreadable = names.filter((name) => !CAN_READ[name](laidDown[name]));
  const policy = { ...DEFAULT_POLICY, unreadable };
  for (const name of names) Object.assign(policy, { [name]: laidDown[name] });
  for (const name of unreadable) Object.assign(policy, { [name]: STRICTEST[name] });
  const { environments: named, maxLockMinutes } = laidDown as Partial<PolicyValues>;
  // In a list with a misspelt name, the others stand as they were meant.
  if (Array.isArray(named))
    policy.environments = ENVIRONMENTS.filter((environment) => named.includes(environment));
  if (maxLockMinutes !== undefined && policy.maxLockMinutes !== undefined)
    policy.maxLockMinutes = Math.max(policy.maxLockMinutes, STRICTEST.maxLockMinutes);
  return policy;
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
  let asked: Promise<Policy> | undefined;
  let isLate = false;

  async function ask(): Promise<Policy> {
    try {
      return parsePolicy(await get());
    } catch (error) {
      return error instanceof Error && NO_MANIFEST.test(error.message) ? DEFAULT_POLICY : NOTHING_READ;
    } finally {
      asked = undefined;
      if (isLate) onAnswered();
      isLate = false;
    }
  }

  return async () => {
    asked ??= ask();
    const answer = withTimeLimit(asked, ANSWERED_WITHIN_MS, () => new Error('late')).catch(() => {
      isLate = true;
      // A request that hangs is followed by another one.
      asked = undefined;
      return NOTHING_READ;
    });
    // Each opening of a key waits for this: what is late once is not waited for again.
    return isLate ? NOTHING_READ : answer;
  };
}

/** The values that an administrator has laid down, as the browser gives them; none if it knows no such storage. */
export async function readManaged(): Promise<unknown> {
  return browser.storage.managed ? browser.storage.managed.get() : {};
}
