import type { NewQrCode } from '../../utils/enkash/create.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { Replacement, ReplacementActions } from '../../utils/stores/replacement.ts';
import { dateTimeText, escapeInvisibles, usageLabel } from '../../utils/wording/qr-code.ts';
import { askedAmount, existingReplacementText } from '../../utils/wording/replacement.ts';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { ConfirmationInput } from '../ui/ConfirmationInput.tsx';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';
import { LiveEnvironmentWarning } from '../ui/LiveEnvironmentWarning.tsx';
import '../shared/qr-code-details.css';
import '../ui/report.css';

interface CreateGateProps {
  replacement: Replacement;
  asked: NewQrCode;
  actions: Pick<ReplacementActions, 'backToForm' | 'setTyped' | 'confirm'>;
}

/** The one question before a QR code is created; in LIVE a word has to be typed. */
export function CreateDialog({ replacement, asked, actions }: CreateGateProps) {
  const { account, replaces, stage, word, typed } = replacement;
  const before = existingReplacementText(replacement.before);
  const busy = stage === 'sending';
  return (
    <AlertDialog
      title={t('createQuestion')}
      keepLabel={t('dontCreate')}
      onKeep={actions.backToForm}
      confirmKind="primary"
      confirmLabel={t('createQrCode')}
      onConfirm={() => void actions.confirm()}
      confirmDisabled={word !== undefined && typed.trim() !== word}
      busyLabel={busy ? t('creating') : undefined}
    >
      {before !== undefined && (
        <p class="report warning" role="alert">
          {before}
        </p>
      )}
      {account.environment === 'LIVE' && <LiveEnvironmentWarning text={t('createLive')} />}
      <dl class="facts">
        <DescriptionItem label={t('detailAccount')}>
          <bdi>{account.name}</bdi>
        </DescriptionItem>
        <DescriptionItem label={t('detailEnvironment')}>
          <EnvironmentBadge environment={account.environment} />
        </DescriptionItem>
        <DescriptionItem label={t('detailName')}>
          <bdi class="clipped">{escapeInvisibles(asked.qrName)}</bdi>
        </DescriptionItem>
        <DescriptionItem label={t('detailAmount')}>
          <strong>{askedAmount(asked)}</strong>
        </DescriptionItem>
        <DescriptionItem label={t('detailUses')}>{usageLabel(asked)}</DescriptionItem>
        {asked.expiry !== undefined && (
          <DescriptionItem label={t('detailExpiry')}>{dateTimeText(asked.expiry)}</DescriptionItem>
        )}
        <DescriptionItem label={t('detailReplaces')}>
          <span class="code">{replaces}</span>
        </DescriptionItem>
      </dl>
      <p>{t('createWarning')}</p>
      {word !== undefined && (
        <ConfirmationInput word={word} typed={typed} disabled={busy} onTyped={actions.setTyped} />
      )}
    </AlertDialog>
  );
}
