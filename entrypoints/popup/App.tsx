import { useEffect } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { Popup } from '../../components/popup/Popup.tsx';
import { usePageLanguage } from '../../components/shared/page-language.ts';
import { type CopyDetails, SupportDetails } from '../../components/shared/support-details.ts';
import { applyTheme } from '../../components/ui/theme.ts';
import { isPanel, openPanel } from '../../utils/navigation/side-panel.ts';
import type { PopupStore } from '../../utils/stores/popup-state.ts';
import { useStore } from '../../utils/stores/use-store.ts';

/** Loaded at the first use. */
const copySupportDetails: CopyDetails = async (account) =>
  (await import('../../utils/stores/support-details.ts')).copySupportDetails(account);

export function App({ store }: { store: PopupStore }) {
  const state = useStore(store);
  useEffect(() => applyTheme(state.page?.settings.theme), [state.page]);
  usePageLanguage(state.page?.settings.language);
  return (
    <SupportDetails.Provider value={copySupportDetails}>
      <Popup
        state={state}
        actions={store.actions}
        onOpenSettings={() => void browser.runtime.openOptionsPage()}
        onOpenPanel={isPanel() ? undefined : () => void openPanel().then(() => close())}
      />
    </SupportDetails.Provider>
  );
}
