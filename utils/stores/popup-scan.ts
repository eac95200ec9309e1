import { setText } from './popup-entry.ts';
import { EMPTY_RESULT, type PopupActions, type PopupContext } from './popup-state.ts';

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
      // A result below the pictures is about the code in the chosen one.
      find.subscribe(({ chosen }, before) => {
        if (chosen !== undefined && chosen !== before.chosen) setText(context, '');
      });
      set({ ...EMPTY_RESULT, find });
      await find.actions.scanPage(image);
    },
  };
}
