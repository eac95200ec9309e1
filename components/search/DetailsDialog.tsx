import { useEffect, useRef } from 'preact/hooks';
import { CANCELLED, type QrCode } from '../../utils/enkash/qr-code.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { FoundDetails, SearchActions } from '../../utils/stores/search-state.ts';
import { failedCheckReport } from '../../utils/wording/check.ts';
import type { AccountRef } from '../../utils/wording/gateway.ts';
import { escapeInvisibles, statusLine } from '../../utils/wording/qr-code.ts';
import { QrCodeDetails } from '../shared/QrCodeDetails.tsx';
import { ResultMessage } from '../shared/ResultMessage.tsx';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import '../ui/dialog.css';
import './details.css';

interface DetailsDialogProps {
  details: FoundDetails;
  account: AccountRef;
  actions: Pick<SearchActions, 'open' | 'close' | 'copyId' | 'copyRow' | 'saveImage'>;
  /** Told which cancelled code a replacement is wanted for. */
  onReplace: (qrCodeId: string, code: QrCode) => void;
}

/** One code with all its fields and its image, read afresh, and what can be taken along of it. */
export function DetailsDialog({ details, account, actions, onReplace }: DetailsDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { qrCodeId, read, copied } = details;
  const code = read?.kind === 'answered' ? read.payload : undefined;
  const failed = read?.kind === 'answered' ? undefined : read;
  const image = code?.qrCodeBase64;
  // Closed, rather than just taken out of the page, it gives the focus back, for the form to do the same.
  const leaveFor = (replaced: QrCode) => {
    dialog.current?.close();
    onReplace(qrCodeId, replaced);
  };
  return (
    <dialog
      ref={dialog}
      class="dialog details-dialog"
      aria-labelledby="details-heading"
      onClose={actions.close}
    >
      <div class="stack">
        {/* Has the focus at first: the key that opened this, still held, must not press what is in here. */}
        <h2 id="details-heading" class="code" tabIndex={-1} autofocus>
          {escapeInvisibles(qrCodeId)}
        </h2>
        <p class="row">
          <bdi>{account.name}</bdi> <EnvironmentBadge environment={account.environment} />
        </p>
        <p role="status" class={code ? 'visually-hidden' : undefined}>
          {read === undefined ? t('reading') : code && statusLine(code)}
        </p>
        {failed && <ResultMessage report={failedCheckReport(failed, account)} account={account} />}
        {code && <QrCodeDetails qrCodeId={qrCodeId} qrCode={code} />}
        {code && !image && <p class="quiet">{t('noImage')}</p>}
        {/* What comes and goes stands above what is there from the first: nothing moves under the pointer. */}
        <div class="details-actions stack">
          <p role="status">{copied !== undefined && (copied ? t('copied') : t('notCopied'))}</p>
          {failed && (
            <div class="row">
              <Button onClick={() => void actions.open(qrCodeId)}>{t('tryAgain')}</Button>
            </div>
          )}
          {code?.status === CANCELLED && (
            <div class="row">
              <Button onClick={() => leaveFor(code)}>{t('createReplacementDots')}</Button>
            </div>
          )}
          <div class="row">
            <Button onClick={() => void actions.copyId()}>{t('copyId')}</Button>
            <Button disabled={!code} onClick={() => void actions.copyRow()}>
              {t('copyRow')}
            </Button>
            <Button disabled={!image} onClick={actions.saveImage}>
              {t('downloadImage')}
            </Button>
          </div>
          <div class="actions">
            <Button onClick={() => dialog.current?.close()}>{t('close')}</Button>
          </div>
        </div>
      </div>
    </dialog>
  );
}
