import { getBrowserMessage, type Messages, setMessages } from './i18n.ts';

/** The languages that the extension speaks, as the folders in `public/_locales` are called. */
export const LANGUAGES = ['en', 'hi', 'mr', 'ta', 'te', 'bn', 'gu', 'kn'] as const;
export type Language = (typeof LANGUAGES)[number];

/** `system` is the browser's language; English where the extension does not speak that. */
export type LanguageChoice = 'system' | Language;

/** What was last asked of {@link setLanguage}. */
let requestedLanguage: LanguageChoice = 'system';

/**
 * Speaks a language from now on. The browser's own is at hand at once; the texts of any other are read from
 * the extension's own files, and where they can't be had, the browser's language stays.
 */
export async function setLanguage(choice: LanguageChoice): Promise<void> {
  if (choice === requestedLanguage) return;
  requestedLanguage = choice;
  const texts =
    choice === 'system' || choice === getBrowserMessage('language') ? undefined : await loadMessages(choice);
  // Another may have been chosen meanwhile.
  if (choice === requestedLanguage) setMessages(texts);
}

async function loadMessages(language: Language): Promise<Messages | undefined> {
  try {
    return await (await fetch(`/_locales/${language}/messages.json`)).json();
  } catch {
    return undefined;
  }
}
