import { useState } from 'preact/hooks';
import type { QrCode } from '../../utils/enkash/qr-code.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { GatewayAnswer } from '../../utils/model/gateway-result.ts';
import { isReasonGiven } from '../../utils/model/reason.ts';
import { isKnownStatus } from '../../utils/qr-code/despite.ts';
import { type AccountNamed, failureText } from '../../utils/wording/gateway.ts';
import { amountText, literal } from '../../utils/wording/qr-code.ts';
import { Countdown } from '../shared/Countdown.tsx';
import { ReasonField } from '../shared/ReasonField.tsx';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { EnvironmentBadge, StatusBadge } from '../ui/Badge.tsx';
import { Fact } from '../ui/DescriptionItem.tsx';
import { LiveWarning } from '../ui/LiveEnvironmentWarning.tsx';
import '../shared/qr-code-details.css';

interface CancelDialogProps {
  qrCodeId: string;
  account: AccountNamed;
  /** What the code said when it was read for this dialog. */
  read: GatewayAnswer<QrCode>;
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
      confirmDisabled={!isReasonGiven(reason, reasonRequired)}
      busyLabel={busy ? t('cancelling') : undefined}
    >
      {account.environment === 'LIVE' && <LiveWarning text={t('dialogLive')} />}
      <dl class="facts">
        <Fact label={t('detailId')}>
          <span class="code">{qrCodeId}</span>
        </Fact>
        {qrCode?.qrName && (
          <Fact label={t('detailName')}>
            <bdi class="clipped">{literal(qrCode.qrName)}</bdi>
          </Fact>
        )}
        {qrCode?.amount !== undefined && <Fact label={t('detailAmount')}>{amountText(qrCode.amount)}</Fact>}
        <Fact label={t('detailAccount')}>
          <bdi>{account.name}</bdi>
        </Fact>
        <Fact label={t('detailEnvironment')}>
          <EnvironmentBadge environment={account.environment} />
        </Fact>
        {qrCode && (
          <Fact label={t('detailStatus')}>
            <StatusBadge status={qrCode.status} />
          </Fact>
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
function notKnown(read: GatewayAnswer<QrCode>, account: AccountNamed): string | undefined {
  if (read.kind !== 'answered') return t('dialogUnread', failureText(read, account));
  const { status } = read.payload;
  if (isKnownStatus(status)) return undefined;
  return status ? t('dialogStatusUnknown', literal(status)) : t('dialogStatusNone');
}
