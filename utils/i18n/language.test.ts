import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setMessages, t } from './i18n.ts';

const asked: string[] = [];
let answer: (path: string) => Promise<Response>;

beforeEach(() => {
  asked.length = 0;
  answer = async () => Response.json({ language: { message: 'hi' }, settings: { message: 'सेटिंग' } });
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return answer(path);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
  setMessages(undefined);
});

/** A page, or a worker, that has just been started. */
async function start() {
  vi.resetModules();
  return { ...(await import('./language.ts')), ...(await import('./i18n.ts')) };
}

describe('a chosen language', () => {
  it('is read from the extension’s own files', async () => {
    const { setLanguage, t } = await start();
    await setLanguage('hi');
    expect(asked).toEqual(['/_locales/hi/messages.json']);
    expect(t('settings')).toBe('सेटिंग');
    await setLanguage('system');
    expect(t('settings')).toBe('Settings');
  });

  it('that is the browser’s is read from no file', async () => {
    const { setLanguage } = await start();
    await setLanguage('en');
    await setLanguage('system');
    expect(asked).toEqual([]);
  });

  it('is read once', async () => {
    const { setLanguage } = await start();
    await setLanguage('hi');
    await setLanguage('hi');
    expect(asked).toHaveLength(1);
  });

  it('whose texts can’t be had leaves the browser’s', async () => {
    const { setLanguage } = await start();
    answer = async () => new Response('<html>');
    await setLanguage('hi');
    expect(t('settings')).toBe('Settings');
  });

  it('that comes late does not replace one that was chosen after it', async () => {
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
