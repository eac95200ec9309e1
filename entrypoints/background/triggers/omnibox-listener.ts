import { browser } from 'wxt/browser';
import type { LoadServices } from '../load-services.ts';
import type { Omnibox } from './omnibox.ts';

/** Registers the address bar's keyword. Its work is loaded when the operator uses it. */
export function registerOmnibox(loadServices: LoadServices): void {
  let omnibox: Promise<Omnibox> | undefined;
  const load = () => {
    omnibox ??= Promise.all([loadServices(), import('./omnibox.ts')]).then(([services, { createOmnibox }]) =>
      createOmnibox(services),
    );
    return omnibox;
  };
  browser.omnibox.onInputStarted.addListener(() => void load().then(({ start }) => start()));
  browser.omnibox.onInputChanged.addListener(
    (text, suggest) => void load().then(({ change }) => change(text, suggest)),
  );
  browser.omnibox.onInputCancelled.addListener(() => void load().then(({ cancel }) => cancel()));
  browser.omnibox.onInputEntered.addListener((text) => void load().then(({ enter }) => enter(text)));
}
