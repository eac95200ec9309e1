import { setLanguage } from '../../../utils/i18n/language.ts';
import { readSettings } from '../../../utils/settings/settings.ts';

let known: Promise<void> | undefined;

/** Settled once the worker speaks the language that is chosen in the settings. */
export function languageReady(): Promise<void> {
  known ??= readSettings().then(({ language }) => setLanguage(language));
  return known;
}

/** To be called when the settings may have changed: the language is looked up again. */
export function invalidateLanguage(): void {
  known = undefined;
}
