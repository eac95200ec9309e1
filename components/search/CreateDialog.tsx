import type { NewQrCode } from '../../utils/enkash/create.ts';
import { t } from '../../utils/i18n/i18n.ts';
import type { Replacement, ReplacementActions } from '../../utils/stores/replacement.ts';
import { dateTimeText, literal, usesText } from '../../utils/wording/qr-code.ts';
import { askedAmount, beforeText } from '../../utils/wording/replacement.ts';
import { AlertDialog } from '../ui/AlertDialog.tsx';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { WordField } from '../ui/ConfirmationInput.tsx';
import { Fact } from '../ui/DescriptionItem.tsx';
import { LiveWarning } from '../ui/LiveEnvironmentWarning.tsx';
import '../shared/qr-code-details.css';
import '../ui/report.css';

interface CreateGateProps {
  replacement: Replacement;
  asked: NewQrCode;
  actions: Pick<ReplacementActions, 'backToForm' | 'setTyped' | 'confirm'>;
}

/** The one question before a QR code is created; in LIVE a word has to be typed. */
export function CreateGate({ replacement, asked, actions }: CreateGateProps) {
  const { account, replaces, stage, word, typed } = replacement;
  const before = beforeText(replacement.before);
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
      {account.environment === 'LIVE' && <LiveWarning text={t('createLive')} />}
      <dl class="facts">
        <Fact label={t('detailAccount')}>
          <bdi>{account.name}</bdi>
        </Fact>
        <Fact label={t('detailEnvironment')}>
          <EnvironmentBadge environment={account.environment} />
        </Fact>
        <Fact label={t('detailName')}>
          <bdi class="clipped">{literal(asked.qrName)}</bdi>
        </Fact>
        <Fact label={t('detailAmount')}>
          <strong>{askedAmount(asked)}</strong>
        </Fact>
        <Fact label={t('detailUses')}>{usesText(asked)}</Fact>
        {asked.expiry !== undefined && <Fact label={t('detailExpiry')}>{dateTimeText(asked.expiry)}</Fact>}
        <Fact label={t('detailReplaces')}>
          <span class="code">{replaces}</span>
        </Fact>
      </dl>
      <p>{t('createWarning')}</p>
      {word !== undefined && (
        <WordField word={word} typed={typed} disabled={busy} onTyped={actions.setTyped} />
      )}
    </AlertDialog>
  );
}
