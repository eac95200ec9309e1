import { useEffect, useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import { type LanguageChoice, setLanguage } from '../../utils/i18n/language.ts';

/** Where the choice is kept besides the settings, since those can't be read before the first drawing (27 ms). */
const STORAGE_KEY = 'language';

let getTitle: () => string;

/** Settled once a page can speak the language that was last chosen: at once, where that is the browser's. */
export async function initPageLanguage(title: () => string): Promise<void> {
  getTitle = title;
  const kept = readStoredLanguage();
  if (kept) await setLanguage(kept);
  applyLanguageAttributes();
}

/**
 * Follows the language in the settings, and draws again when that has changed. Nothing is made anew then, so the focus
 * and what was typed stay: what a component keeps between drawings depends on `t('language')` where it has texts.
 */
export function usePageLanguage(choice: LanguageChoice | undefined): void {
  const [, setLanguage] = useState(() => t('language'));
  useEffect(() => {
    if (!choice) return;
    storeLanguage(choice);
    void follow(choice).then(() => setLanguage(t('language')));
  }, [choice]);
}

async function follow(choice: LanguageChoice): Promise<void> {
  await setLanguage(choice);
  applyLanguageAttributes();
}

/** Says in which language the page is, for screen readers, fonts and the tab. */
function applyLanguageAttributes(): void {
  const { documentElement } = document;
  documentElement.lang = t('language');
  documentElement.dir = t('direction');
  document.title = getTitle();
}

function readStoredLanguage(): LanguageChoice | null {
  try {
    return localStorage.getItem(STORAGE_KEY) as LanguageChoice | null;
  } catch {
    // A browser that is told to keep nothing: the page changes its language as soon as the settings were read.
    return null;
  }
}

function storeLanguage(choice: LanguageChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // See above.
  }
}
