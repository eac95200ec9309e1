import { useEffect, useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import { type LanguageChoice, setLanguage } from '../../utils/i18n/language.ts';

/** A copy of the setting in `localStorage`: reading the settings takes 27 ms, too long before the first render. */
const STORAGE_KEY = 'language';

let getTitle: () => string;

/** Resolves once the texts of the last chosen language are loaded; at once if that is the browser's language. */
export async function initPageLanguage(title: () => string): Promise<void> {
  getTitle = title;
  await setLanguage(readStoredLanguage() ?? 'system');
  applyLanguageAttributes();
}

/**
 * Applies the language of the settings, and re-renders the page if it has changed. Re-renders in place, so focus and input
 * survive. Memoised text must list `t('language')` as a dependency.
 */
export function usePageLanguage(choice: LanguageChoice | undefined): void {
  const [, setLanguage] = useState(() => t('language'));
  useEffect(() => {
    if (!choice) return;
    storeLanguage(choice);
    void applyLanguage(choice).then(() => setLanguage(t('language')));
  }, [choice]);
}

async function applyLanguage(choice: LanguageChoice): Promise<void> {
  await setLanguage(choice);
  applyLanguageAttributes();
}

/** Sets the document's language, direction and title. */
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
    // The browser blocks storage. The page switches its language once the settings are read.
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
