import type { NewQrCode } from '../../utils/enkash/create.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { Replacement, ReplacementActions } from '../../utils/stores/replacement-state.ts';
import { dateTimeText, usageLabel } from '../../utils/wording/code-fields.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { askedAmount, existingReplacementText } from '../../utils/wording/replacement.ts';
import { AccountFacts, ConfirmationDialog } from '../shared/ConfirmationDialog.tsx';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';

interface CreateDialogProps {
  replacement: Replacement;
  request: NewQrCode;
  actions: Pick<ReplacementActions, 'backToForm' | 'setTyped' | 'confirm'>;
}

/** The confirmation before a QR code is created. In LIVE the operator has to type a word. */
export function CreateDialog({ replacement, request, actions }: CreateDialogProps) {
  const { account, replaces, stage, word, typed } = replacement;
  const existing = existingReplacementText(replacement.before);
  return (
    <ConfirmationDialog
      title={t('createQuestion')}
      text={t('createWarning')}
      liveWarning={account.environment === 'LIVE' && t('createLive')}
      keepLabel={t('dontCreate')}
      onKeep={actions.backToForm}
      confirmKind="primary"
      confirmLabel={t('createQrCode')}
      onConfirm={() => void actions.confirm()}
      busyLabel={stage === 'sending' ? t('creating') : undefined}
      phrase={
        word === undefined
          ? undefined
          : { word, typed, isComplete: typed.trim() === word, onTyped: actions.setTyped }
      }
      intro={
        existing !== undefined && (
          <p class="report warning" role="alert">
            {existing}
          </p>
        )
      }
      facts={
        <>
          <AccountFacts account={account} />
          <DescriptionItem label={t('detailName')}>
            <bdi class="clipped">{escapeInvisibles(request.qrName)}</bdi>
          </DescriptionItem>
          <DescriptionItem label={t('detailAmount')}>
            <strong>{askedAmount(request)}</strong>
          </DescriptionItem>
          <DescriptionItem label={t('detailUses')}>{usageLabel(request)}</DescriptionItem>
          {request.expiry !== undefined && (
            <DescriptionItem label={t('detailExpiry')}>{dateTimeText(request.expiry)}</DescriptionItem>
          )}
          <DescriptionItem label={t('detailReplaces')}>
            <span class="code">{replaces}</span>
          </DescriptionItem>
        </>
      }
    />
  );
}
