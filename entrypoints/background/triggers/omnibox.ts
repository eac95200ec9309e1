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

/** The work of the address bar's events. */
export interface Omnibox {
  start(): Promise<void>;
  change(text: string, suggest: (suggestions: Suggestion[]) => void): void;
  cancel(): void;
  enter(text: string): void;
}

interface Suggestion {
  content: string;
  description: string;
}

/** Shows a code's status in the address bar, and opens the popup on Enter. Never cancels. */
export function createOmnibox(services: Services): Omnibox {
  const { client, stayAlive, vault } = services;
  const lookUp = createDebouncedLookup({
    clock: systemClock,
    async account() {
      const account = await loadCurrentAccount(services);
      if (!account) return 'no-account';
      return (await vault.state()).status === 'locked' ? 'locked' : account;
    },
    // This lookup is speculative: it fails fast and is not recorded in the history.
    read: (account, qrCodeId) => stayAlive(client.getQrCode(account, qrCodeId, { failFast: true })),
  });
  return {
    async start() {
      await languageReady();
      browser.omnibox.setDefaultSuggestion({ description: asDescription(t('omniboxStart')) });
    },
    change(text, suggest) {
      lookUp.cancel();
      const qrCodeId = stripSurroundings(text);
      // Chromium accepts one answer per text, so clear the suggestions at once if there is no lookup.
      if (!isQrCodeId(qrCodeId) || !isPlausibleId(qrCodeId)) return suggest([]);
      void Promise.all([lookUp.lookup(qrCodeId), languageReady()]).then(
        ([result]) => result && suggest([asSuggestion(result)]),
      );
    },
    cancel: lookUp.cancel,
    enter(text) {
      lookUp.cancel();
      void open(text);
    },
  };
}

function asSuggestion(result: LookupResult): Suggestion {
  return {
    // Both browsers hide a suggestion equal to the typed text, also if it differs only in spaces. The prefix makes it differ.
    content: `ID: ${result.qrCodeId}`,
    description: asDescription(lookedUpSuggestion(result)),
  };
}

/** Chromium parses the description as XML; Firefox shows it literally. */
function asDescription(text: string): string {
  return import.meta.env.FIREFOX ? text : escapeXml(text);
}

/** Opens the entered text: a list in the workbench, all else in the popup, which explains an invalid id. */
function open(text: string): Promise<void> {
  if (text.trim() === '') return showPopup();
  return glanceAt(text) === 'list'
    ? reviewText(text)
    : openPopupWith({ action: 'check', text, startedBy: 'omnibox' });
}
