import { browser } from 'wxt/browser';
import { withTimeLimit } from '../lib/time-limit.ts';
import { ENVIRONMENTS, type Environment } from '../model/environment.ts';
import { LOCK_AFTER_MINUTES } from '../vault/auto-lock.ts';

/** The values that an administrator can set. The names are those of `public/managed-schema.json`. */
interface PolicyValues {
  requirePassphrase: boolean;
  /** Minutes. */
  maxLockMinutes?: number | undefined;
  forbidSkippingConfirmation: boolean;
  /** Whether each cancel needs a reason. */
  requireReason: boolean;
  environments: readonly Environment[];
  /** The most codes in one job; 0 allows no job. */
  maxJobSize?: number | undefined;
}

/** The administrator's policy. A value that could not be read has its strictest value. */
export interface Policy extends PolicyValues {
  /** The names of the values that could not be read; `all` if the browser did not return the policy. */
  unreadable: readonly (keyof PolicyValues)[] | 'all';
}

/** The policy if the administrator sets nothing. */
export const DEFAULT_POLICY: Policy = {
  requirePassphrase: false,
  forbidSkippingConfirmation: false,
  requireReason: false,
  environments: ENVIRONMENTS,
  unreadable: [],
};

/** The strictest values: they allow nothing that a policy can forbid. They replace values that can't be read. */
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

/** Whether a value has its type. A string never counts as a number, flag or list: its meaning would be a guess. */
const CAN_READ: { [Name in keyof PolicyValues]-?: (value: unknown) => boolean } = {
  requirePassphrase: isFlag,
  maxLockMinutes: isAmount,
  forbidSkippingConfirmation: isFlag,
  requireReason: isFlag,
  environments: (value) => Array.isArray(value) && value.every((each) => ENVIRONMENTS.includes(each)),
  maxJobSize: isAmount,
};

/** Parses the managed values as the browser returns them. */
function parsePolicy(managed: unknown): Policy {
  if (typeof managed !== 'object' || managed === null) return NOTHING_READ;
  const values = managed as { [Name in keyof PolicyValues]?: never };
  const names = (Object.keys(CAN_READ) as (keyof PolicyValues)[]).filter(
    (name) => values[name] !== undefined,
  );
  const unreadable = names.filter((name) => !CAN_READ[name](values[name]));
  const policy = { ...DEFAULT_POLICY, unreadable };
  for (const name of names)
    Object.assign(policy, { [name]: (unreadable.includes(name) ? STRICTEST : values)[name] });
  const { environments: listed, maxLockMinutes } = values as Partial<PolicyValues>;
  // In a list with an unknown name, the known names apply.
  if (Array.isArray(listed))
    policy.environments = ENVIRONMENTS.filter((environment) => listed.includes(environment));
  if (maxLockMinutes !== undefined && policy.maxLockMinutes !== undefined)
    policy.maxLockMinutes = Math.max(policy.maxLockMinutes, STRICTEST.maxLockMinutes);
  return policy;
}

/** Browsers usually answer within milliseconds. */
const TIMEOUT_MS = 3_000;

/** The error of Firefox 153 if no policy is set (measured). Chromium 156 answers `{}`. */
const NO_MANIFEST = /managed storage manifest not found/i;

export interface PolicyReaderDeps {
  /** Gets the managed values from the browser. */
  get(): Promise<unknown>;
  /** Called when an answer arrives that had timed out. */
  onAnswered(): void;
}

/**
 * Creates the reader of the administrator's policy. It never rejects. If the browser fails, or does not answer within
 * {@link TIMEOUT_MS}, the strictest policy applies until the browser answers.
 */
export function createPolicyReader({ get, onAnswered }: PolicyReaderDeps): () => Promise<Policy> {
  let pending: Promise<Policy> | undefined;
  let isLate = false;

  async function request(): Promise<Policy> {
    try {
      return parsePolicy(await get());
    } catch (error) {
      return error instanceof Error && NO_MANIFEST.test(error.message) ? DEFAULT_POLICY : NOTHING_READ;
    } finally {
      pending = undefined;
      if (isLate) onAnswered();
      isLate = false;
    }
  }

  return async () => {
    pending ??= request();
    const answer = withTimeLimit(pending, TIMEOUT_MS, () => new Error('late')).catch(() => {
      isLate = true;
      // The next call sends another request, since this one may never be answered.
      pending = undefined;
      return NOTHING_READ;
    });
    // Each opening of keys waits for the policy, so only the first late answer is waited for.
    return isLate ? NOTHING_READ : answer;
  };
}

/** The administrator's values as the browser returns them; none in a browser without managed storage. */
export async function readManaged(): Promise<unknown> {
  return browser.storage.managed ? browser.storage.managed.get() : {};
}
