import { setText } from './popup-entry.ts';
import { EMPTY_RESULT, type PopupActions, type PopupContext } from './popup-state.ts';

/** The QR codes on the page in front. The decoder is loaded at the first use: the popup is drawn without it. */
export function createScanSlice(
  context: PopupContext,
  check: (qrCodeId: string) => Promise<void>,
): Pick<PopupActions, 'scanPage'> {
  const { send, get, set } = context;
  let scans = 0;
  return {
    async scanPage(image) {
      scans += 1;
      const scan = scans;
      const { find: earlier } = get();
      earlier?.actions.stop();
      // The code in the field is that of an earlier picture, or of another action than this one of the menu.
      if (earlier || image) setText(context, '');
      set({ ...EMPTY_RESULT, ...withoutDialog(context), find: undefined });
      const { text } = get();
      const { createPictureFinder } = await import('./picture-finder.ts');
      // An ID was typed, or another scan was started, while the decoder was loaded.
      if (get().text !== text || scan !== scans) return;
      const find = createPictureFinder({
        send,
        findsAll: false,
        // A picture that is no longer shown has no say in the field.
        onProven: (qrCodeId) => get().find === find && void check(qrCodeId),
      });
      find.actions.syncAccount(get().page);
      // Field and result are about the code in the chosen picture, as found in the current account.
      find.subscribe(({ pictures, chosen, account }, before) => {
        const isOtherPicture = chosen !== undefined && chosen !== before.chosen;
        const isForgotten = before.account !== undefined && account === undefined;
        if (isOtherPicture || isForgotten || pictures.length > before.pictures.length) setText(context, '');
      });
      set({ ...EMPTY_RESULT, ...withoutDialog(context), find });
      await find.actions.scanPage(image);
    },
  };
}

/** Closes the dialog: it asks about another code. One whose cancel is being sent stays until its result. */
function withoutDialog({ get }: PopupContext): { dialog?: undefined } {
  return get().busy === 'cancelling' ? {} : { dialog: undefined };
}
