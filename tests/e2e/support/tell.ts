import type { Page } from 'puppeteer-core';

/** Sends a message from one of our pages. */
export function tell(page: Page, name: string, request: object): Promise<unknown> {
  return page.evaluate(
    (message) => {
      const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
      return api.runtime.sendMessage(message);
    },
    { name, request },
  );
}
