import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { setMessages, t } from './i18n.ts';

const requested: string[] = [];
let answer: (path: string) => Promise<Response>;

beforeEach(() => {
  requested.length = 0;
  answer = async () => Response.json({ language: { message: 'hi' }, settings: { message: 'सेटिंग' } });
  vi.stubGlobal('fetch', (path: string) => {
    requested.push(path);
    return answer(path);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
  setMessages(undefined);
});

/** Loads the modules again, as a new page or worker does. */
async function start() {
  vi.resetModules();
  return { ...(await import('./language.ts')), ...(await import('./i18n.ts')) };
}

describe('a chosen language', () => {
  it('is loaded from the extension’s files', async () => {
    const { setLanguage, t } = await start();
    await setLanguage('hi');
    expect(requested).toEqual(['/_locales/hi/messages.json']);
    expect(t('settings')).toBe('सेटिंग');
    await setLanguage('system');
    expect(t('settings')).toBe('Settings');
  });

  it('is not loaded if it is the browser’s', async () => {
    const { setLanguage } = await start();
    await setLanguage('en');
    await setLanguage('system');
    expect(requested).toEqual([]);
  });

  it.each([
    ['hi-IN', 'hi'],
    ['en-GB', 'en'],
    ['fr', 'en'],
  ])('is the one of the system, %s, if the browser has no messages', async (system, language) => {
    vi.stubGlobal('navigator', { language: system });
    const getMessage = vi.spyOn(fakeBrowser.i18n, 'getMessage').mockReturnValue('');
    const { setLanguage, t } = await start();
    await setLanguage('system');
    expect(requested).toEqual([`/_locales/${language}/messages.json`]);
    expect(t('settings')).toBe('सेटिंग');
    getMessage.mockRestore();
  });

  it('is loaded once', async () => {
    const { setLanguage } = await start();
    await setLanguage('hi');
    await setLanguage('hi');
    expect(requested).toHaveLength(1);
  });

  it('falls back to the browser’s if its messages can’t be loaded', async () => {
    const { setLanguage } = await start();
    answer = async () => new Response('<html>');
    await setLanguage('hi');
    expect(t('settings')).toBe('Settings');
  });

  it('does not replace a later choice if it loads late', async () => {
    const { setLanguage, t } = await start();
    const late = Promise.withResolvers<Response>();
    answer = () => late.promise;
    const first = setLanguage('hi');
    await setLanguage('system');
    late.resolve(Response.json({ settings: { message: 'सेटिंग' } }));
    await first;
    expect(t('settings')).toBe('Settings');
  });
});
