import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speakWith, t } from './i18n.ts';

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
  speakWith(undefined);
});

/** A page, or a worker, that has just been started. */
async function start() {
  vi.resetModules();
  return { ...(await import('./language.ts')), ...(await import('./i18n.ts')) };
}

describe('a chosen language', () => {
  it('is read from the extension’s own files', async () => {
    const { speak, t } = await start();
    await speak('hi');
    expect(asked).toEqual(['/_locales/hi/messages.json']);
    expect(t('settings')).toBe('सेटिंग');
    await speak('system');
    expect(t('settings')).toBe('Settings');
  });

  it('that is the browser’s is read from no file', async () => {
    const { speak } = await start();
    await speak('en');
    await speak('system');
    expect(asked).toEqual([]);
  });

  it('is read once', async () => {
    const { speak } = await start();
    await speak('hi');
    await speak('hi');
    expect(asked).toHaveLength(1);
  });

  it('whose texts can’t be had leaves the browser’s', async () => {
    const { speak } = await start();
    answer = async () => new Response('<html>');
    await speak('hi');
    expect(t('settings')).toBe('Settings');
  });

  it('that comes late does not replace one that was chosen after it', async () => {
    const { speak, t } = await start();
    const late = Promise.withResolvers<Response>();
    answer = () => late.promise;
    const first = speak('hi');
    await speak('system');
    late.resolve(Response.json({ settings: { message: 'सेटिंग' } }));
    await first;
    expect(t('settings')).toBe('Settings');
  });
});
