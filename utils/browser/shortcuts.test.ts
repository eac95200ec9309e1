import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { COMMANDS } from './commands.ts';
import { getShortcutSettingsOpener, readShortcuts } from './shortcuts.ts';

beforeEach(() => fakeBrowser.reset());
afterEach(() => void vi.unstubAllEnvs());

describe('the shortcuts', () => {
  it('list the browser’s current keys, each command once', async () => {
    const getAll = async () => [
      { name: '_execute_action', shortcut: 'MacCtrl+Shift+U' },
      { name: 'check-selected-id', shortcut: '' },
      { name: 'another', shortcut: 'Alt+Q' },
    ];
    Object.assign(fakeBrowser, { commands: { getAll } });
    expect(await readShortcuts()).toEqual([
      { command: '_execute_action', keys: 'Control+Shift+U' },
      { command: 'check-selected-id', keys: '' },
      { command: 'cancel-selected-id', keys: '' },
    ]);
  });

  it('can be changed on the browser’s own page', async () => {
    vi.stubEnv('FIREFOX', '');
    const create = vi.spyOn(fakeBrowser.tabs, 'create');
    await getShortcutSettingsOpener()?.();
    expect(create).toHaveBeenCalledExactlyOnceWith({ url: 'chrome://extensions/shortcuts' });
  });

  it('have no settings page in Firefox before 137', () => {
    vi.stubEnv('FIREFOX', 'true');
    Object.assign(fakeBrowser, { commands: {} });
    expect(getShortcutSettingsOpener()).toBeUndefined();
    const openShortcutSettings = async () => undefined;
    Object.assign(fakeBrowser, { commands: { openShortcutSettings } });
    expect(getShortcutSettingsOpener()).toBe(openShortcutSettings);
  });

  it('are distinct, and have the same letter on every system', () => {
    const suggested = Object.values(COMMANDS).map((command) => command.suggested_key);
    expect(new Set(suggested.map((keys) => keys.default)).size).toBe(suggested.length);
    for (const keys of suggested) {
      expect(keys.default).toMatch(/^Alt\+Shift\+[A-Z]$/);
      expect(keys.mac).toBe(keys.default.replace('Alt', 'MacCtrl'));
    }
  });
});
