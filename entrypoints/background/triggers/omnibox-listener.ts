import { browser } from 'wxt/browser';
import { lazy } from '../../../utils/lib/lazy.ts';
import type { LoadServices } from '../load-services.ts';

/** Registers the address bar's keyword. Its work is loaded when the operator uses it. */
export function registerOmnibox(loadServices: LoadServices): void {
  const load = lazy(() =>
    Promise.all([loadServices(), import('./omnibox.ts')]).then(([services, { createOmnibox }]) =>
      createOmnibox(services),
    ),
  );
  browser.omnibox.onInputStarted.addListener(() => void load().then(({ start }) => start()));
  browser.omnibox.onInputChanged.addListener(
    (text, suggest) => void load().then(({ change }) => change(text, suggest)),
  );
  browser.omnibox.onInputCancelled.addListener(() => void load().then(({ cancel }) => cancel()));
  browser.omnibox.onInputEntered.addListener((text) => void load().then(({ enter }) => enter(text)));
}
