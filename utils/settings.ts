import { storage } from 'wxt/utils/storage';
import type { Environment } from './environment.ts';

export interface Settings {
  /** Whether the context menu's cancel opens the dialog first. */
  askBeforeCancelling: boolean;
  /** Whether not asking holds for LIVE too; without this, LIVE always asks. */
  skipAskingInLive: boolean;
  notifications: 'always' | 'off-screen' | 'none';
  theme: 'system' | 'light' | 'dark';
}

export const DEFAULT_SETTINGS: Settings = {
  askBeforeCancelling: true,
  skipAskingInLive: false,
  notifications: 'always',
  theme: 'system',
};

const stored = storage.defineItem<Partial<Settings>>('local:settings', { fallback: {}, version: 1 });

/** The settings as they are; what was never set has its default. */
export async function readSettings(): Promise<Settings> {
  return { ...DEFAULT_SETTINGS, ...(await stored.getValue()) };
}

export type SettingsChange = { [Name in keyof Settings]?: Settings[Name] | undefined };

/** Changes some settings and keeps the rest. */
export async function changeSettings(change: SettingsChange): Promise<Settings> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const settings: Settings = { ...(await readSettings()), ...Object.fromEntries(given) };
  await stored.setValue(settings);
  return settings;
}

export function forgetSettings(): Promise<void> {
  return stored.removeValue();
}

/** Whether a cancel from the context menu has to be confirmed first. */
export function mustAsk(settings: Settings, environment: Environment): boolean {
  return settings.askBeforeCancelling || (environment === 'LIVE' && !settings.skipAskingInLive);
}
