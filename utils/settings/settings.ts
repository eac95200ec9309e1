import { defineStorageItem } from '../browser/storage-item.ts';
import type { LanguageChoice } from '../i18n/language.ts';
import type { Environment } from '../model/environment.ts';
import type { WaitSeconds } from '../model/planned-time.ts';
import type { LockAfterMinutes } from '../vault/auto-lock.ts';
import type { Policy } from './policy.ts';

/** The maximum length of the operator's name, in characters. */
export const MAX_OPERATOR_LENGTH = 60;

/** The choices for the retention of the history, in days. */
export const RETENTION_CHOICES_DAYS = [365, 90] as const;

export interface Settings {
  /** Whether a cancel from the context menu or the keyboard opens the dialog first. */
  confirmBeforeCancelling: boolean;
  /** Whether `confirmBeforeCancelling: false` applies to LIVE too. Otherwise LIVE always asks. */
  skipConfirmationInLive: boolean;
  /** Seconds between the confirmation of a list and its first cancel. */
  waitBeforeCancelling: WaitSeconds;
  /** Whether the wait applies to a single code too. */
  waitForSingle: boolean;
  notifications: 'always' | 'off-screen' | 'none';
  theme: 'system' | 'light' | 'dark';
  language: LanguageChoice;
  /** Minutes without use after which the vault locks. */
  lockAfterMinutes: LockAfterMinutes;
  /** Where keys are stored if there is no passphrase. */
  keyStorage: 'device' | 'session';
  /** The operator's name for the rows of the history, as typed; may be empty. */
  operator: string;
  /** Days after which rows of the history are erased; `null` keeps them all. */
  historyRetentionDays: (typeof RETENTION_CHOICES_DAYS)[number] | null;
}

export const DEFAULT_SETTINGS: Settings = {
  confirmBeforeCancelling: true,
  skipConfirmationInLive: false,
  waitBeforeCancelling: 10,
  waitForSingle: false,
  notifications: 'always',
  theme: 'system',
  language: 'system',
  lockAfterMinutes: 15,
  keyStorage: 'device',
  operator: '',
  historyRetentionDays: null,
};

const stored = defineStorageItem<Partial<Settings>>('local', 'settings', {});

/** The stored settings; a setting that was never changed has its default. */
export async function readSettings(): Promise<Settings> {
  return { ...DEFAULT_SETTINGS, ...(await stored.read()) };
}

/** The part of each row of the history that names the operator. */
export async function getOperator(): Promise<{ operator?: string }> {
  const { operator } = await readSettings();
  return operator ? { operator } : {};
}

export type SettingsChange = { [Name in keyof Settings]?: Settings[Name] | undefined };

/** Changes some settings and keeps the rest. */
export async function updateSettings(change: SettingsChange): Promise<Settings> {
  const changed = Object.entries(change).filter(([, value]) => value !== undefined);
  await stored.change((settings) => ({ ...settings, ...Object.fromEntries(changed) }));
  return readSettings();
}

/** Whether a cancel from the context menu or the keyboard has to be confirmed first. */
export function requiresConfirmation(settings: Settings, policy: Policy, environment: Environment): boolean {
  if (policy.forbidSkippingConfirmation || policy.requireReason) return true;
  return settings.confirmBeforeCancelling || (environment === 'LIVE' && !settings.skipConfirmationInLive);
}

/** Minutes without use after which the vault locks: the setting, but at most the policy's maximum. */
export function effectiveLockMinutes(settings: Settings, policy: Policy): number {
  return Math.min(settings.lockAfterMinutes, policy.maxLockMinutes ?? Number.POSITIVE_INFINITY);
}
