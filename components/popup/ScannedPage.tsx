import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isPanel } from '../../utils/navigation/side-panel.ts';
import type { FindStore } from '../../utils/stores/find-state.ts';

interface ScannedPageProps {
  store: FindStore;
  onCheck: (qrCodeId: string) => void;
}

/** The QR codes on the page in front. Loaded at the first use: the popup is drawn without it. */
export function ScannedPage(props: ScannedPageProps) {
  const [View, setView] = useState<ComponentType<ScannedPageProps & { isInPanel: boolean }>>();
  useEffect(() => {
    void import('../find/PagePictures.tsx').then(({ PagePictures }) => setView(() => PagePictures));
  }, []);
  return View ? <View {...props} isInPanel={isPanel()} /> : null;
}
