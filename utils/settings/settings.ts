import { storedItem } from '../browser/storage-item.ts';
import type { LanguageChoice } from '../i18n/language.ts';
import type { Environment } from '../model/environment.ts';
import type { LockAfterMinutes } from '../vault/auto-lock.ts';
import type { Policy } from './policy.ts';

/** The most characters of what an operator is called. */
export const MAX_OPERATOR_LENGTH = 60;

/** How long the history may be kept, in days. */
export const KEEP_HISTORY_DAYS = [365, 90] as const;

export interface Settings {
  /** Whether the context menu's cancel opens the dialog first. */
  askBeforeCancelling: boolean;
  /** Whether not asking holds for LIVE too; without this, LIVE always asks. */
  skipAskingInLive: boolean;
  notifications: 'always' | 'off-screen' | 'none';
  theme: 'system' | 'light' | 'dark';
  language: LanguageChoice;
  /** Minutes without use after which a passphrase is asked for again. */
  lockAfterMinutes: LockAfterMinutes;
  /** Where keys are kept while there is no passphrase. */
  keepKeys: 'device' | 'session';
  /** What the operator at this computer is called, by their own word; goes into each row of the history. Empty: nobody says. */
  operator: string;
  /** Days after which rows of the history are erased; `null` keeps them all. */
  keepHistoryDays: (typeof KEEP_HISTORY_DAYS)[number] | null;
}

export const DEFAULT_SETTINGS: Settings = {
  askBeforeCancelling: true,
  skipAskingInLive: false,
  notifications: 'always',
  theme: 'system',
  language: 'system',
  lockAfterMinutes: 15,
  keepKeys: 'device',
  operator: '',
  keepHistoryDays: null,
};

const stored = storedItem<Partial<Settings>>('local', 'settings', {});

/** The settings as they are; what was never set has its default. */
export async function readSettings(): Promise<Settings> {
  return { ...DEFAULT_SETTINGS, ...(await stored.read()) };
}

/** What goes into each row of the history of who is at this computer. */
export async function readOperator(): Promise<{ operator?: string }> {
  const { operator } = await readSettings();
  return operator ? { operator } : {};
}

export type SettingsChange = { [Name in keyof Settings]?: Settings[Name] | undefined };

/** Changes some settings and keeps the rest. */
export async function changeSettings(change: SettingsChange): Promise<Settings> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  await stored.change((settings) => ({ ...settings, ...Object.fromEntries(given) }));
  return readSettings();
}

/** Whether a cancel from the context menu has to be confirmed first. */
export function mustAsk(settings: Settings, policy: Policy, environment: Environment): boolean {
  if (policy.forbidSkippingConfirmation || policy.requireReason) return true;
  return settings.askBeforeCancelling || (environment === 'LIVE' && !settings.skipAskingInLive);
}

/** Minutes without use after which the vault locks: as chosen, but no longer than the policy allows. */
export function lockAfter(settings: Settings, policy: Policy): number {
  return Math.min(settings.lockAfterMinutes, policy.longestLockTime ?? Number.POSITIVE_INFINITY);
}
