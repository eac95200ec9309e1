import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { DEFAULT_POLICY } from './policy.ts';
import {
  DEFAULT_SETTINGS,
  effectiveLockMinutes,
  readSettings,
  requiresConfirmation,
  updateSettings,
} from './settings.ts';

beforeEach(() => fakeBrowser.reset());

describe('confirmation before a cancel', () => {
  it.each([
    [true, false, 'UAT', true],
    [true, false, 'LIVE', true],
    [true, true, 'UAT', true],
    [true, true, 'LIVE', true],
    [false, false, 'UAT', false],
    [false, false, 'LIVE', true],
    [false, true, 'UAT', false],
    [false, true, 'LIVE', false],
  ] as const)(
    'confirm %s, skip in LIVE %s: in %s → %s',
    (confirmBeforeCancelling, skipConfirmationInLive, environment, isRequired) => {
      const settings = { ...DEFAULT_SETTINGS, confirmBeforeCancelling, skipConfirmationInLive };
      expect(requiresConfirmation(settings, DEFAULT_POLICY, environment)).toBe(isRequired);
      expect(
        requiresConfirmation(settings, { ...DEFAULT_POLICY, forbidSkippingConfirmation: true }, environment),
      ).toBe(true);
      expect(requiresConfirmation(settings, { ...DEFAULT_POLICY, requireReason: true }, environment)).toBe(
        true,
      );
    },
  );

  it('is required in both environments by default', async () => {
    const settings = await readSettings();
    expect([
      requiresConfirmation(settings, DEFAULT_POLICY, 'UAT'),
      requiresConfirmation(settings, DEFAULT_POLICY, 'LIVE'),
    ]).toEqual([true, true]);
  });
});

describe('minutes until the vault locks', () => {
  it.each([
    [15, undefined, 15],
    [60, 5, 5],
    [1, 5, 1],
  ] as const)('setting %s, policy %s → %s minutes', (lockAfterMinutes, maxLockMinutes, minutes) => {
    expect(
      effectiveLockMinutes({ ...DEFAULT_SETTINGS, lockAfterMinutes }, { ...DEFAULT_POLICY, maxLockMinutes }),
    ).toBe(minutes);
  });
});

describe('a change of settings', () => {
  it('keeps the other settings', async () => {
    await updateSettings({ theme: 'dark' });
    await updateSettings({ confirmBeforeCancelling: false, theme: undefined });
    expect(await readSettings()).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      confirmBeforeCancelling: false,
    });
  });
});
