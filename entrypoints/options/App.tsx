import { useEffect, useState } from 'preact/hooks';
import { Options } from '../../components/options/Options.tsx';
import { usePageLanguage } from '../../components/shared/page-language.ts';
import { SupportDetails } from '../../components/shared/support-details.ts';
import { applyTheme } from '../../components/ui/theme.ts';
import { getShortcutSettingsOpener, readShortcuts, type Shortcut } from '../../utils/browser/shortcuts.ts';
import type { GettingStartedStore } from '../../utils/stores/onboarding.ts';
import type { OptionsStore } from '../../utils/stores/options-state.ts';
import { copySupportDetails } from '../../utils/stores/support-details.ts';
import { useStore } from '../../utils/stores/use-store.ts';

export function App({ store, guide }: { store: OptionsStore; guide: GettingStartedStore }) {
  const state = useStore(store);
  const shortcuts = useShortcuts();
  const openShortcuts = getShortcutSettingsOpener();
  const guideState = useStore(guide);
  useEffect(() => applyTheme(state.page?.settings.theme), [state.page]);
  usePageLanguage(state.page?.settings.language);
  return (
    <SupportDetails.Provider value={copySupportDetails}>
      <Options
        state={state}
        actions={store.actions}
        guide={{ state: guideState, actions: guide.actions }}
        shortcuts={shortcuts}
        onChangeShortcuts={openShortcuts && (() => void openShortcuts())}
      />
    </SupportDetails.Provider>
  );
}

/** The shortcuts. Reads them again when the operator returns from the browser's page that changes them. */
function useShortcuts(): Shortcut[] {
  const [shortcuts, setShortcuts] = useState<Shortcut[]>([]);
  useEffect(() => {
    const read = () => void readShortcuts().then(setShortcuts);
    read();
    document.addEventListener('visibilitychange', read);
    addEventListener('focus', read);
    return () => {
      document.removeEventListener('visibilitychange', read);
      removeEventListener('focus', read);
    };
  }, []);
  return shortcuts;
}
