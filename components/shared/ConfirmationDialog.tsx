import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import { isReasonSatisfied } from '../../utils/model/reason.ts';
import { AlertDialog, type AlertDialogProps } from '../ui/AlertDialog.tsx';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { ConfirmationInput } from '../ui/ConfirmationInput.tsx';
import { DescriptionItem } from '../ui/DescriptionItem.tsx';
import { LiveEnvironmentWarning } from '../ui/LiveEnvironmentWarning.tsx';
import { ReasonField } from './ReasonField.tsx';
import './qr-code-details.css';
import '../ui/report.css';

interface Phrase {
  /** The phrase to type. */
  word: string;
  typed: string;
  /** Explains the difference between the typed text and the phrase. */
  hint?: string | undefined;
  isComplete: boolean;
  onTyped: (typed: string) => void;
}

interface ConfirmationDialogProps extends Omit<AlertDialogProps, 'children' | 'onConfirm'> {
  /** The consequence of confirming, if it needs a sentence. */
  text: string | undefined;
  /** The warning shown in LIVE. */
  liveWarning?: string | false;
  /** Content above everything else. */
  intro?: ComponentChildren;
  /** Entries of a description list: the subject of the question. */
  facts?: ComponentChildren;
  /** Content between the facts and the text. */
  notes?: ComponentChildren;
  /** Shows a field for the reason; `required` disables confirming until the field is filled. */
  reason?: { required: boolean };
  /** Disables confirming until the operator has typed a phrase. */
  phrase?: Phrase | undefined;
  /** Content below the fields. */
  children?: ComponentChildren;
  onConfirm: (reason: string) => void;
}

/** The question before an action that cannot be undone. */
export function ConfirmationDialog(props: ConfirmationDialogProps) {
  const { text, liveWarning, intro, facts, notes, reason, phrase, children, onConfirm, ...dialog } = props;
  const [reasonText, setReasonText] = useState('');
  const busy = dialog.busyLabel !== undefined;
  const isReasonMissing = reason !== undefined && !isReasonSatisfied(reasonText, reason.required);
  return (
    <AlertDialog
      {...dialog}
      onConfirm={() => onConfirm(reasonText)}
      confirmDisabled={dialog.confirmDisabled === true || phrase?.isComplete === false || isReasonMissing}
    >
      {intro}
      {liveWarning && <LiveEnvironmentWarning text={liveWarning} />}
      {facts && <dl class="facts">{facts}</dl>}
      {notes}
      {text && <p>{text}</p>}
      {reason && (
        <ReasonField
          reason={reasonText}
          required={reason.required}
          disabled={busy}
          onReason={setReasonText}
        />
      )}
      {phrase && (
        <ConfirmationInput
          word={phrase.word}
          typed={phrase.typed}
          hint={phrase.hint}
          disabled={busy}
          onTyped={phrase.onTyped}
        />
      )}
      {children}
    </AlertDialog>
  );
}

/** The account and the environment as facts of a question. */
export function AccountFacts({ account }: { account: AccountRef }) {
  return (
    <>
      <DescriptionItem label={t('detailAccount')}>
        <bdi>{account.name}</bdi>
      </DescriptionItem>
      <DescriptionItem label={t('detailEnvironment')}>
        <EnvironmentBadge environment={account.environment} />
      </DescriptionItem>
    </>
  );
}
