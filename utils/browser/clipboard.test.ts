// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { copyText } from './clipboard.ts';

afterEach(() => vi.unstubAllGlobals());

function stub(writeText: (text: string) => Promise<void>, execCommand: () => boolean) {
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  Object.assign(document, { execCommand });
}
/** What a browser does for the command: it asks the page for what is to be copied. */
function command(copied: string[]) {
  return () => {
    const clipboardData = { setData: (_: string, text: string) => copied.push(text) };
    document.dispatchEvent(Object.assign(new Event('copy', { cancelable: true }), { clipboardData }));
    return true;
  };
}

it('a text is copied by the clipboard’s own interface', async () => {
  const copied: string[] = [];
  stub(
    async (text) => void copied.push(text),
    () => false,
  );
  expect(await copyText('details')).toBe(true);
  expect(copied).toEqual(['details']);
});

it('a text is copied by the older way if the interface refuses', async () => {
  const copied: string[] = [];
  stub(() => Promise.reject(new Error('NotAllowedError')), command(copied));
  expect(await copyText('details')).toBe(true);
  expect(copied).toEqual(['details']);
});

it('a text that neither way copies is not said to be copied', async () => {
  stub(
    () => Promise.reject(new Error('NotAllowedError')),
    () => true,
  );
  expect(await copyText('details')).toBe(false);
});
