import { EMPTY_RESULT, type PopupActions, type PopupContext } from './popup-state.ts';

/** The field with the id. */
export function createEntrySlice(context: PopupContext): Pick<PopupActions, 'setText' | 'accept'> {
  const { get, set } = context;
  return {
    setText(text) {
      get().find?.actions.stop();
      set({ find: undefined });
      setText(context, text);
    },
    accept: (qrCodeId) => set({ ...EMPTY_RESULT, text: qrCodeId, accepted: qrCodeId }),
  };
}

/** Empties the field and the result below it, and puts a text into the field. */
export function setText({ set }: PopupContext, text: string): void {
  set({
    ...EMPTY_RESULT,
    text,
    accepted: undefined,
    partOf: undefined,
    note: undefined,
    startedBy: 'popup',
  });
}
