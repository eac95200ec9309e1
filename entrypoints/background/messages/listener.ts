import { browser } from 'wxt/browser';
import { lazy } from '../../../utils/lib/lazy.ts';
import type { LoadServices } from '../load-services.ts';

const OWN_PAGES: ReadonlySet<string> = new Set(['/popup.html', '/options.html', '/workbench.html']);

/** Answers only our own pages, and only messages that match their schema exactly. Ignores all others. */
export function registerMessages(loadServices: LoadServices): void {
  const load = lazy(() => import('./answer.ts').then(({ createAnswer }) => createAnswer(loadServices)));
  browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    // A message without a name is for a side panel.
    if (!isOwnPage(sender) || !hasName(message)) return undefined;
    load()
      .then((answer) => answer(message))
      // Not every supported browser accepts a promise from a listener. `true` keeps the channel open in all of them.
      .then(sendResponse, () => sendResponse(undefined));
    return true;
  });
}

function hasName(message: unknown): boolean {
  return typeof (message as { name?: unknown } | null)?.name === 'string';
}

function isOwnPage({ id, url = '' }: { id?: string | undefined; url?: string | undefined }): boolean {
  const page = URL.parse(url);
  const own = new URL(browser.runtime.getURL('/'));
  return (
    id === browser.runtime.id &&
    page?.protocol === own.protocol &&
    page.host === own.host &&
    OWN_PAGES.has(page.pathname)
  );
}
