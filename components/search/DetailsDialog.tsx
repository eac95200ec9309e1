import { useEffect, useRef } from 'preact/hooks';
import { CANCELLED, type QrCode } from '../../utils/enkash/qr-code.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import type { FoundDetails, SearchActions } from '../../utils/stores/search-state.ts';
import { failedCheckReport } from '../../utils/wording/check.ts';
import { statusLine } from '../../utils/wording/code-fields.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
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
  /** Called to create a replacement for a cancelled code. */
  onReplace: (qrCodeId: string, code: QrCode) => void;
}

/** A freshly read code with all its fields, its image, and the copy and download buttons. */
export function DetailsDialog({ details, account, actions, onReplace }: DetailsDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { qrCodeId, read, copied } = details;
  const code = read?.kind === 'answered' ? read.payload : undefined;
  const failed = read?.kind === 'answered' ? undefined : read;
  // Closes the dialog instead of only removing it: closing returns the focus, so that the form can return it there too.
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
        {/* Gets the initial focus: if the key that opened the dialog is still held, it must not press a button. */}
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
        {code && !code.qrCodeBase64 && <p class="quiet">{t('noImage')}</p>}
        {/* Changing content stands above the fixed buttons, so that no button moves under the pointer. */}
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
          <CopyButtons code={code} actions={actions} />
          <div class="actions">
            <Button onClick={() => dialog.current?.close()}>{t('close')}</Button>
          </div>
        </div>
      </div>
    </dialog>
  );
}

interface CopyButtonsProps {
  code: QrCode | undefined;
  actions: Pick<SearchActions, 'copyId' | 'copyRow' | 'saveImage'>;
}

function CopyButtons({ code, actions }: CopyButtonsProps) {
  return (
    <div class="row">
      <Button onClick={() => void actions.copyId()}>{t('copyId')}</Button>
      <Button disabled={!code} onClick={() => void actions.copyRow()}>
        {t('copyRow')}
      </Button>
      <Button disabled={!code?.qrCodeBase64} onClick={actions.saveImage}>
        {t('downloadImage')}
      </Button>
    </div>
  );
}
