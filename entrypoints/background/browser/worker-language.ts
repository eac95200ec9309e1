import { setLanguage } from '../../../utils/i18n/language.ts';
import { readSettings } from '../../../utils/settings/settings.ts';

let ready: Promise<void> | undefined;

/** Resolves once the worker uses the language chosen in the settings. */
export function languageReady(): Promise<void> {
  ready ??= readSettings().then(({ language }) => setLanguage(language));
  return ready;
}

/** Call after the settings may have changed: the next {@link languageReady} reads the language again. */
export function invalidateLanguage(): void {
  ready = undefined;
}
