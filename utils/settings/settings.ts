import { defineStorageItem } from '../browser/storage-item.ts';
import type { LanguageChoice } from '../i18n/language.ts';
import type { Environment } from '../model/environment.ts';
import type { LockAfterMinutes } from '../vault/auto-lock.ts';
import type { Policy } from './policy.ts';

/** The most characters of what an operator is called. */
export const MAX_OPERATOR_LENGTH = 60;

/** How long the history may be kept, in days. */
export const RETENTION_CHOICES_DAYS = [365, 90] as const;

export interface Settings {
  /** Whether the context menu's cancel opens the dialog first. */
  confirmBeforeCancelling: boolean;
  /** Whether not asking holds for LIVE too; without this, LIVE always asks. */
  skipConfirmationInLive: boolean;
  notifications: 'always' | 'off-screen' | 'none';
  theme: 'system' | 'light' | 'dark';
  language: LanguageChoice;
  /** Minutes without use after which a passphrase is asked for again. */
  lockAfterMinutes: LockAfterMinutes;
  /** Where keys are kept while there is no passphrase. */
  keyStorage: 'device' | 'session';
  /** What the operator at this computer is called, by their own word; goes into each row of the history. Empty: nobody says. */
  operator: string;
  /** Days after which rows of the history are erased; `null` keeps them all. */
  historyRetentionDays: (typeof RETENTION_CHOICES_DAYS)[number] | null;
}

export const DEFAULT_SETTINGS: Settings = {
  confirmBeforeCancelling: true,
  skipConfirmationInLive: false,
  notifications: 'always',
  theme: 'system',
  language: 'system',
  lockAfterMinutes: 15,
  keyStorage: 'device',
  operator: '',
  historyRetentionDays: null,
};

const stored = defineStorageItem<Partial<Settings>>('local', 'settings', {});

/** The settings as they are; what was never set has its default. */
export async function readSettings(): Promise<Settings> {
  return { ...DEFAULT_SETTINGS, ...(await stored.read()) };
}

/** What goes into each row of the history of who is at this computer. */
export async function getOperator(): Promise<{ operator?: string }> {
  const { operator } = await readSettings();
  return operator ? { operator } : {};
}

export type SettingsChange = { [Name in keyof Settings]?: Settings[Name] | undefined };

/** Changes some settings and keeps the rest. */
export async function updateSettings(change: SettingsChange): Promise<Settings> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  await stored.change((settings) => ({ ...settings, ...Object.fromEntries(given) }));
  return readSettings();
}

/** Whether a cancel from the context menu has to be confirmed first. */
export function requiresConfirmation(settings: Settings, policy: Policy, environment: Environment): boolean {
  if (policy.forbidSkippingConfirmation || policy.requireReason) return true;
  return settings.confirmBeforeCancelling || (environment === 'LIVE' && !settings.skipConfirmationInLive);
}

/** Minutes without use after which the vault locks: as chosen, but no longer than the policy allows. */
export function effectiveLockMinutes(settings: Settings, policy: Policy): number {
  return Math.min(settings.lockAfterMinutes, policy.maxLockMinutes ?? Number.POSITIVE_INFINITY);
}
