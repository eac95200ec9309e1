import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { Replacement, ReplacementActions } from '../../utils/stores/replacement-state.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { AccountHeading } from '../shared/AccountHeading.tsx';
import { CreateDialog } from './CreateDialog.tsx';
import { CreateOutcomeView } from './CreateOutcomeView.tsx';
import { ReplacementFields } from './ReplacementFields.tsx';
import '../ui/dialog.css';
import './replacement.css';

interface ReplacementDialogProps {
  replacement: Replacement;
  actions: ReplacementActions;
}

/** A replacement for a cancelled code: the form, the confirmation, and the outcome. */
export function ReplacementDialog({ replacement, actions }: ReplacementDialogProps) {
  const { account, replaces, stage, request, result } = replacement;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  // The form may be scrolled down to its button, but the outcome begins at the top.
  useEffect(() => {
    if (stage === 'ended') heading.current?.focus();
  }, [stage]);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="replacement-heading"
      onClose={() => {
        // In Chromium a second Esc closes a dialog even if `cancel` was prevented. Reopen it during a request.
        if (stage === 'sending') dialog.current?.showModal();
        else actions.close();
      }}
    >
      <div class="stack">
        <AccountHeading
          id="replacement-heading"
          headingRef={heading}
          title={t('replacementTitle')}
          account={account}
        />
        <p class="quiet">{t('replacementOf', escapeInvisibles(replaces))}</p>
        {stage === 'ended' && request && result ? (
          <CreateOutcomeView
            replacement={replacement}
            request={request}
            result={result}
            actions={actions}
            onClose={() => dialog.current?.close()}
          />
        ) : (
          <ReplacementFields
            replacement={replacement}
            actions={actions}
            onClose={() => dialog.current?.close()}
          />
        )}
      </div>
      {(stage === 'asking' || stage === 'sending') && request && (
        <CreateDialog replacement={replacement} request={request} actions={actions} />
      )}
    </dialog>
  );
}
