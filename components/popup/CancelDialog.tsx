import { useState } from 'preact/hooks';
import type { QrCode } from '../../utils/enkash/qr-code.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { GatewayResult } from '../../utils/model/gateway-result.ts';
import { isReasonSatisfied } from '../../utils/model/reason.ts';
import { isKnownStatus } from '../../utils/qr-code/despite.ts';
import { type AccountRef, failureText } from '../../utils/wording/gateway.ts';
import { escapeInvisibles, formatAmount } from '../../utils/wording/qr-code.ts';
import { Countdown } from '../shared/Countdown.tsx';
import { ReasonField } from '../shared/ReasonField.tsx';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { EnvironmentBadge, StatusBadge } from '../ui/Badge.tsx';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';
import { LiveEnvironmentWarning } from '../ui/LiveEnvironmentWarning.tsx';
import '../shared/qr-code-details.css';

interface CancelDialogProps {
  qrCodeId: string;
  account: AccountRef;
  /** What the code said when it was read for this dialog. */
  read: GatewayResult<QrCode>;
  /** What has to be said of how the id was read, if anything. */
  remark?: string | undefined;
  busy: boolean;
  waitingUntil?: number | undefined;
  /** Whether a reason has to be given. */
  reasonRequired: boolean;
  onKeep: () => void;
  onConfirm: (reason: string) => void;
}

/** The one question before a QR code is cancelled. */
export function CancelDialog(props: CancelDialogProps) {
  const { qrCodeId, account, read, remark, busy, waitingUntil, reasonRequired, onKeep, onConfirm } = props;
  const [reason, setReason] = useState('');
  const qrCode = read.kind === 'answered' ? read.payload : undefined;
  const unknown = notKnown(read, account);
  return (
    <AlertDialog
      title={t('dialogTitle')}
      keepLabel={t('keepActive')}
      onKeep={onKeep}
      confirmLabel={t('cancelQrCode')}
      onConfirm={() => onConfirm(reason)}
      confirmDisabled={!isReasonSatisfied(reason, reasonRequired)}
      busyLabel={busy ? t('cancelling') : undefined}
    >
      {account.environment === 'LIVE' && <LiveEnvironmentWarning text={t('dialogLive')} />}
      <dl class="facts">
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
        <DescriptionItem label={t('detailAccount')}>
          <bdi>{account.name}</bdi>
        </DescriptionItem>
        <DescriptionItem label={t('detailEnvironment')}>
          <EnvironmentBadge environment={account.environment} />
        </DescriptionItem>
        {qrCode && (
          <DescriptionItem label={t('detailStatus')}>
            <StatusBadge status={qrCode.status} />
          </DescriptionItem>
        )}
      </dl>
      {unknown !== undefined && <p class="report warning">{unknown}</p>}
      {remark !== undefined && <p class="report warning">{remark}</p>}
      <p>{t('dialogWarning')}</p>
      <ReasonField reason={reason} required={reasonRequired} disabled={busy} onReason={setReason} />
      {waitingUntil !== undefined && <Countdown until={waitingUntil} />}
    </AlertDialog>
  );
}

/** What is not known of the code, in words; `undefined` if all is known. */
function notKnown(read: GatewayResult<QrCode>, account: AccountRef): string | undefined {
  if (read.kind !== 'answered') return t('dialogUnread', failureText(read, account));
  const { status } = read.payload;
  if (isKnownStatus(status)) return undefined;
  return status ? t('dialogStatusUnknown', escapeInvisibles(status)) : t('dialogStatusNone');
}
