import { isPanel } from '../../utils/navigation/side-panel.ts';
import type { FindStore } from '../../utils/stores/find-state.ts';
import { useLazy } from '../ui/use-lazy.ts';

interface ScannedPageProps {
  store: FindStore;
  onCheck: (qrCodeId: string) => void;
}

/** The QR codes on the page in front. Loaded at the first use: the popup is drawn without it. */
export function ScannedPage(props: ScannedPageProps) {
  const View = useLazy(() => import('../find/PagePictures.tsx').then((file) => file.PagePictures));
  return View ? <View {...props} isInPanel={isPanel()} /> : null;
}
