import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { NO_POLICY } from './policy.ts';
import { changeSettings, DEFAULT_SETTINGS, lockAfter, mustAsk, readSettings } from './settings.ts';

beforeEach(() => fakeBrowser.reset());

describe('whether to ask before cancelling', () => {
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
    'asking %s, LIVE box %s: in %s → %s',
    (askBeforeCancelling, skipAskingInLive, environment, ask) => {
      const settings = { ...DEFAULT_SETTINGS, askBeforeCancelling, skipAskingInLive };
      expect(mustAsk(settings, NO_POLICY, environment)).toBe(ask);
      expect(mustAsk(settings, { ...NO_POLICY, forbidSkippingConfirmation: true }, environment)).toBe(true);
      expect(mustAsk(settings, { ...NO_POLICY, requireReason: true }, environment)).toBe(true);
    },
  );

  it('is asked everywhere where nothing was ever set', async () => {
    const settings = await readSettings();
    expect([mustAsk(settings, NO_POLICY, 'UAT'), mustAsk(settings, NO_POLICY, 'LIVE')]).toEqual([true, true]);
  });
});

describe('how long until it locks', () => {
  it.each([
    [15, undefined, 15],
    [60, 5, 5],
    [1, 5, 1],
  ] as const)('chosen %s, allowed %s → %s minutes', (lockAfterMinutes, longestLockTime, minutes) => {
    expect(lockAfter({ ...DEFAULT_SETTINGS, lockAfterMinutes }, { ...NO_POLICY, longestLockTime })).toBe(
      minutes,
    );
  });
});

describe('a change', () => {
  it('keeps the rest', async () => {
    await changeSettings({ theme: 'dark' });
    await changeSettings({ askBeforeCancelling: false, theme: undefined });
    expect(await readSettings()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', askBeforeCancelling: false });
  });
});
