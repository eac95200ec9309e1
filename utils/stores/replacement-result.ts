import { imageFileName } from './image-file.ts';
import { latestNewCode, type ReplacementActions, type ReplacementContext } from './replacement-state.ts';

/** The result of a create: the new code, or the search for it. */
export function createResultSlice(
  context: ReplacementContext,
  close: () => void,
): Pick<ReplacementActions, 'refreshNewCode' | 'copyId' | 'saveImage' | 'searchByName'> {
  const { get } = context;
  return {
    refreshNewCode: () => refreshNewCode(context),
    copyId: () => copyId(context),
    saveImage() {
      const code = latestNewCode(get());
      const name = imageFileName(code?.qrCodeId, code?.qrCodeBase64);
      if (name !== undefined && code?.qrCodeBase64) context.saveImage(name, code.qrCodeBase64);
    },
    searchByName() {
      if (get()?.elsewhere) return;
      const name = get()?.request?.qrName;
      close();
      if (name !== undefined) context.search(name);
    },
  };
}

async function refreshNewCode({ send, get, set }: ReplacementContext): Promise<void> {
  const replacement = get();
  const created = replacement?.result?.qrCode;
  if (!replacement || !created || replacement.read === 'reading') return;
  set({ read: 'reading' });
  const request = { accountId: replacement.account.id, qrCodeId: created.qrCodeId };
  const read = await send('getQrCode', request).catch(
    () => ({ kind: 'ambiguous', reason: 'connection' }) as const,
  );
  if (get()?.result === replacement.result) set({ read });
}

async function copyId({ copy, get, set }: ReplacementContext): Promise<void> {
  const replacement = get();
  const created = replacement?.result?.qrCode;
  if (!created) return;
  const copied = await copy(created.qrCodeId).then(
    () => true,
    () => false,
  );
  if (get()?.result === replacement?.result) set({ copied });
}
