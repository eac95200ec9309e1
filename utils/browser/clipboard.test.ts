// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { copyText } from './clipboard.ts';

afterEach(() => vi.unstubAllGlobals());

function stubClipboard(writeText: (text: string) => Promise<void>, execCommand: () => boolean) {
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  Object.assign(document, { execCommand });
}
/** Acts as a browser that runs the command: fires `copy`, so that the page can set the data. */
function copyCommand(copied: string[]) {
  return () => {
    const clipboardData = { setData: (_: string, text: string) => copied.push(text) };
    document.dispatchEvent(Object.assign(new Event('copy', { cancelable: true }), { clipboardData }));
    return true;
  };
}

it('copies a text with the Clipboard API', async () => {
  const copied: string[] = [];
  stubClipboard(
    async (text) => void copied.push(text),
    () => false,
  );
  expect(await copyText('details')).toBe(true);
  expect(copied).toEqual(['details']);
});

it('copies a text with the `copy` command if the Clipboard API refuses', async () => {
  const copied: string[] = [];
  stubClipboard(() => Promise.reject(new Error('NotAllowedError')), copyCommand(copied));
  expect(await copyText('details')).toBe(true);
  expect(copied).toEqual(['details']);
});

it('returns false if neither way copies the text', async () => {
  stubClipboard(
    () => Promise.reject(new Error('NotAllowedError')),
    () => true,
  );
  expect(await copyText('details')).toBe(false);
});
