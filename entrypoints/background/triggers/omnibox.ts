import { browser } from 'wxt/browser';
import { t } from '../../../utils/i18n/i18n.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { showPopup } from '../../../utils/navigation/open-page.ts';
import {
  createDebouncedLookup,
  isPlausibleId,
  type LookupResult,
} from '../../../utils/qr-code/debounced-lookup.ts';
import { glanceAt } from '../../../utils/qr-code-id/glance.ts';
import { isQrCodeId, stripSurroundings } from '../../../utils/qr-code-id/id.ts';
import { escapeXml, lookedUpSuggestion } from '../../../utils/wording/suggestion.ts';
import { languageReady } from '../browser/worker-language.ts';
import type { Services } from '../services.ts';
import { loadCurrentAccount } from './cancel-without-confirmation.ts';
import { openPopupWith, reviewText } from './selection-action.ts';

/** Shows in the address bar how a code stands, and opens the popup on it. Nothing is cancelled from there. */
export function registerOmnibox(services: Services): void {
  const { client, stayAlive, vault } = services;
  const lookUp = createDebouncedLookup({
    clock: systemClock,
    async account() {
      const account = await loadCurrentAccount(services);
      if (!account) return 'no-account';
      return (await vault.state()).status === 'locked' ? 'locked' : account;
    },
    // Nobody has asked for this read, so it waits for nothing and leaves no trace in the history.
    read: (account, qrCodeId) => stayAlive(client.getQrCode(account, qrCodeId, { failFast: true })),
  });

  browser.omnibox.onInputStarted.addListener(async () => {
    await languageReady();
    browser.omnibox.setDefaultSuggestion({ description: asDescription(t('omniboxStart')) });
  });
  browser.omnibox.onInputChanged.addListener((text, suggest) => {
    lookUp.cancel();
    const qrCodeId = stripSurroundings(text);
    // Chromium takes one answer for each text, Firefox any: what is not looked up has none.
    if (!isQrCodeId(qrCodeId) || !isPlausibleId(qrCodeId)) return suggest([]);
    void Promise.all([lookUp.lookup(qrCodeId), languageReady()]).then(
      ([looked]) => looked && suggest([asSuggestion(looked)]),
    );
  });
  browser.omnibox.onInputCancelled.addListener(lookUp.cancel);
  browser.omnibox.onInputEntered.addListener((text) => {
    lookUp.cancel();
    void open(text);
  });
}

function asSuggestion(looked: LookupResult): { content: string; description: string } {
  return {
    // Both browsers leave out a suggestion that would fill in what has been typed; a space makes no difference to them.
    content: `ID: ${looked.qrCodeId}`,
    description: asDescription(lookedUpSuggestion(looked)),
  };
}

/** Firefox shows the text as it is. */
function asDescription(text: string): string {
  return import.meta.env.FIREFOX ? text : escapeXml(text);
}

/** Opens what was typed: what is no id in the popup too, which says why. */
function open(text: string): Promise<void> {
  if (text.trim() === '') return showPopup();
  return glanceAt(text) === 'list'
    ? reviewText(text)
    : openPopupWith({ action: 'check', text, startedBy: 'omnibox' });
}
