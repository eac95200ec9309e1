import { useState } from 'preact/hooks';
import type { QrCode } from '../../utils/enkash/qr-code.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { StartJobError } from '../../utils/messaging/protocol.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import type { GatewayResult } from '../../utils/model/gateway-result.ts';
import type { WallTime } from '../../utils/model/planned-time.ts';
import { isKnownStatus } from '../../utils/qr-code/despite.ts';
import { formatAmount } from '../../utils/wording/code-fields.ts';
import { failureText } from '../../utils/wording/gateway.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { AccountFacts, ConfirmationDialog } from '../shared/ConfirmationDialog.tsx';
import { Countdown } from '../shared/Countdown.tsx';
import { StatusBadge } from '../ui/Badge.tsx';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';
import { LaterField } from './LaterField.tsx';

interface CancelDialogProps {
  qrCodeId: string;
  account: AccountRef;
  /** The result of reading the code for this dialog. */
  read: GatewayResult<QrCode>;
  /** A remark on how the id was found in the text, if it needs one. */
  remark?: string | undefined;
  busy: boolean;
  waitingUntil?: number | undefined;
  reasonRequired: boolean;
  /** Whether it asks for a time. */
  isLater?: boolean;
  /** Why the cancel was not planned. */
  problem?: StartJobError | undefined;
  onKeep: () => void;
  onConfirm: (reason: string, start?: WallTime) => void;
}

/** The confirmation before a single QR code is cancelled. */
export function CancelDialog(props: CancelDialogProps) {
  const { qrCodeId, account, read, remark, busy, waitingUntil, reasonRequired, onKeep, onConfirm } = props;
  const { isLater, problem } = props;
  const [start, setStart] = useState<WallTime>();
  const qrCode = read.kind === 'answered' ? read.payload : undefined;
  const uncertainty = uncertaintyText(read, account);
  return (
    <ConfirmationDialog
      title={t('dialogTitle')}
      text={t('dialogWarning')}
      liveWarning={account.environment === 'LIVE' && t('dialogLive')}
      keepLabel={t('keepActive')}
      onKeep={onKeep}
      confirmLabel={start ? t('planThisCancel') : t('cancelQrCode')}
      confirmDisabled={start?.wall === ''}
      onConfirm={(reason) => onConfirm(reason, start)}
      busyLabel={busy ? t('cancelling') : undefined}
      reason={{ required: reasonRequired }}
      facts={
        <>
          <DescriptionItem label={t('detailId')}>
            <span class="code">{qrCodeId}</span>
          </DescriptionItem>
          {qrCode?.qrName && (
            <DescriptionItem label={t('detailName')}>
              <bdi class="clipped">{escapeInvisibles(qrCode.qrName)}</bdi>
            </DescriptionItem>
          )}
          {qrCode?.amount !== undefined && (
            <DescriptionItem label={t('detailAmount')}>{formatAmount(qrCode.amount)}</DescriptionItem>
          )}
          <AccountFacts account={account} />
          {qrCode && (
            <DescriptionItem label={t('detailStatus')}>
              <StatusBadge status={qrCode.status} />
            </DescriptionItem>
          )}
        </>
      }
      notes={[
        ...[uncertainty, remark].map(
          (note) =>
            note !== undefined && (
              <p key={note} class="report warning">
                {note}
              </p>
            ),
        ),
        (isLater || problem) && (
          <LaterField
            key="later"
            isLater={isLater === true}
            start={start}
            expiry={qrCode?.expiry}
            problem={problem}
            account={account}
            disabled={busy}
            onStart={setStart}
          />
        ),
      ]}
    >
      {waitingUntil !== undefined && <Countdown until={waitingUntil} />}
    </ConfirmationDialog>
  );
}

/** Why the code's status is not known; `undefined` if it is known. */
function uncertaintyText(read: GatewayResult<QrCode>, account: AccountRef): string | undefined {
  if (read.kind !== 'answered') return t('dialogUnread', failureText(read, account));
  const { status } = read.payload;
  if (isKnownStatus(status)) return undefined;
  return status ? t('dialogStatusUnknown', escapeInvisibles(status)) : t('dialogStatusNone');
}
