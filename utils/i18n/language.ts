import { getBrowserMessage, type Messages, setMessages } from './i18n.ts';

/** The languages of the extension, named as the folders in `public/_locales`. */
export const LANGUAGES = ['en', 'hi', 'mr', 'ta', 'te', 'bn', 'gu', 'kn'] as const;
export type Language = (typeof LANGUAGES)[number];

/** `system` is the browser's language, or English if the extension is not translated into it. */
export type LanguageChoice = 'system' | Language;

/** The choice of the latest call of {@link setLanguage}. */
let requestedLanguage: LanguageChoice | undefined;

/**
 * Switches the language. The browser has the messages of its own language loaded; those of any other are loaded from the
 * extension's files. If that fails, the browser's language applies.
 */
export async function setLanguage(choice: LanguageChoice): Promise<void> {
  if (choice === requestedLanguage) return;
  requestedLanguage = choice;
  const language = languageToLoad(choice);
  const messages = language && (await loadMessages(language));
  // A later call may have chosen another language in the meantime.
  if (choice === requestedLanguage) setMessages(messages);
}

/** The language whose file is needed; `undefined` if the browser has the messages. */
function languageToLoad(choice: LanguageChoice): Language | undefined {
  const loaded = getBrowserMessage('language');
  if (choice !== 'system') return choice === loaded ? undefined : choice;
  // Chromium 156 may have no messages at all for as long as it runs, if it starts under load (measured).
  if (loaded !== '') return undefined;
  return LANGUAGES.find((language) => navigator.language.startsWith(language)) ?? 'en';
}

async function loadMessages(language: Language): Promise<Messages | undefined> {
  try {
    return await (await fetch(`/_locales/${language}/messages.json`)).json();
  } catch {
    return undefined;
  }
}
