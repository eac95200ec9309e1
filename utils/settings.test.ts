import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { changeSettings, DEFAULT_SETTINGS, mustAsk, readSettings } from './settings.ts';

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
      expect(mustAsk({ ...DEFAULT_SETTINGS, askBeforeCancelling, skipAskingInLive }, environment)).toBe(ask);
    },
  );

  it('is asked everywhere where nothing was ever set', async () => {
    const settings = await readSettings();
    expect([mustAsk(settings, 'UAT'), mustAsk(settings, 'LIVE')]).toEqual([true, true]);
  });
});

describe('a change', () => {
  it('keeps the rest', async () => {
    await changeSettings({ theme: 'dark' });
    await changeSettings({ askBeforeCancelling: false, theme: undefined });
    expect(await readSettings()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', askBeforeCancelling: false });
  });
});
