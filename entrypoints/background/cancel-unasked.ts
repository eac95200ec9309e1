import { mustAsk, readSettings } from '../../utils/settings.ts';
import { readAccountBook } from '../../utils/vault/accounts.ts';
import { cancelNotice } from '../../utils/wording/notice.ts';
import { notify } from './notifications.ts';
import type { Services } from './services.ts';

/**
 * Cancels at once, where the operator has chosen not to be asked; a code that is cancelled already gets no
 * further request. Answers whether that was so, or the dialog has to be shown.
 */
export async function cancelUnasked({ desk, office }: Services, qrCodeId: string): Promise<boolean> {
  const { currentId } = await readAccountBook();
  const account = currentId === null ? undefined : await office.find(currentId);
  if (!account || mustAsk(await readSettings(), account.environment)) return false;
  const read = await desk.read(account, qrCodeId);
  if (read.kind === 'answered' && read.payload.status === 'CANCELLED')
    await notify(cancelNotice({ kind: 'already-cancelled' }, qrCodeId, account));
  else await desk.cancel(account, { qrCodeId, startedBy: 'menu' });
  return true;
}
