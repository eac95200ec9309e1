import type { PopupActions, PopupContext } from './popup-state.ts';

/** The QR codes on the page in front. The decoder is loaded at the first use: the popup is drawn without it. */
export function createScanSlice(
  context: PopupContext,
  check: (qrCodeId: string) => Promise<void>,
): Pick<PopupActions, 'scanPage'> {
  const { send, get, set } = context;
  return {
    async scanPage(image) {
      const { createPictureFinder } = await import('./picture-finder.ts');
      get().find?.actions.stop();
      const find = createPictureFinder({
        send,
        findsAll: false,
        onProven: (qrCodeId) => void check(qrCodeId),
      });
      find.actions.syncAccount(get().page);
      set({ find });
      await find.actions.scanPage(image);
    },
  };
}
