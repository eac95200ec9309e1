import { moveCursor } from '../search/selection.ts';
import { rowText } from '../wording/search-csv.ts';
import { imageFileName } from './image-file.ts';
import type { FoundDetails, SearchActions, SearchContext } from './search-state.ts';

interface DetailsContext extends SearchContext {
  /** Changes each time details open, so that answers for earlier ones are dropped. */
  request: number;
}

/** The details of one code. Opening them reads the code. */
export function createDetailsSlice(
  shared: SearchContext,
): Pick<SearchActions, 'open' | 'close' | 'copyId' | 'copyRow' | 'saveImage'> {
  const context: DetailsContext = { ...shared, request: 0 };
  const { get, set } = context;
  return {
    open: (qrCodeId) => open(context, qrCodeId),
    close: () => set({ details: undefined }),
    copyId: () => copy(context, get().details?.qrCodeId),
    copyRow() {
      const { details } = get();
      const code = loadedCode(details);
      return copy(context, code && details && rowText({ ...code, qrCodeId: details.qrCodeId }));
    },
    saveImage() {
      const { details } = get();
      const image = loadedCode(details)?.qrCodeBase64;
      const name = imageFileName(details?.qrCodeId, image);
      if (name !== undefined && image) context.saveImage(name, image);
    },
  };
}

async function open(context: DetailsContext, qrCodeId: string): Promise<void> {
  const { send, get, set } = context;
  const { found } = get();
  if (!found) return;
  context.request += 1;
  const { request } = context;
  set({ details: { qrCodeId }, selection: moveCursor(get().selection, qrCodeId) });
  const answer = await send('getQrCode', { accountId: found.account.id, qrCodeId }).catch(
    () => ({ kind: 'ambiguous', reason: 'connection' }) as const,
  );
  // The same code may have been opened again since, or with another account.
  const { details } = get();
  if (details && request === context.request) set({ details: { ...details, read: answer } });
}

async function copy(context: DetailsContext, text: string | undefined): Promise<void> {
  if (text === undefined) return;
  const { get, set, request } = context;
  const copied = await context.copy(text).then(
    () => true,
    () => false,
  );
  const { details } = get();
  if (details && request === context.request) set({ details: { ...details, copied } });
}

/** The code of the details; `undefined` until it was read, or if that failed. */
function loadedCode(details: FoundDetails | undefined) {
  return details?.read?.kind === 'answered' ? details.read.payload : undefined;
}
