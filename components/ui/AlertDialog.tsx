import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from './Button.tsx';
import './dialog.css';

export interface AlertDialogProps {
  title: string;
  children: ComponentChildren;
  /** The way out: has the focus, and Esc does the same. */
  keepLabel: string;
  onKeep: () => void;
  confirmLabel: string;
  /** `danger-fill` where it takes something away. */
  confirmKind?: 'danger-fill' | 'primary';
  onConfirm: () => void;
  /** While something is still wanted before it may be confirmed. */
  confirmDisabled?: boolean;
  /** While what was confirmed is under way: both buttons are disabled and Esc does nothing. */
  busyLabel?: string | undefined;
}

/** A modal question about something that can't be undone. */
export function AlertDialog(props: AlertDialogProps) {
  const { title, children, keepLabel, onKeep, confirmLabel, onConfirm, confirmDisabled, busyLabel } = props;
  const { confirmKind = 'danger-fill' } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const id = useId();
  const busy = busyLabel !== undefined;
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    keep.current?.focus();
    // A dialog that is taken out of the page, and not closed, does not give the focus back by itself.
    return () => before instanceof HTMLElement && before.isConnected && before.focus();
  }, []);
  useEffect(() => {
    // Both buttons let go of it.
    if (busy) dialog.current?.focus();
  }, [busy]);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      role="alertdialog"
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        if (!busy) onKeep();
      }}
      // A second Esc closes it in Chromium whatever was prevented; what is asked stays on the screen.
      onClose={() => dialog.current?.isConnected && dialog.current.showModal()}
    >
      <div class="stack">
        <h2 id={`${id}-title`}>{title}</h2>
        <div id={`${id}-text`} class="stack">
          {children}
        </div>
        <div class="actions">
          <Button buttonRef={keep} disabled={busy} onClick={unlessDoubled(onKeep)}>
            {keepLabel}
          </Button>
          <Button
            kind={confirmKind}
            disabled={busy || confirmDisabled === true}
            onClick={unlessDoubled(onConfirm)}
          >
            {busyLabel ?? confirmLabel}
          </Button>
        </div>
      </div>
    </dialog>
  );
}

/** The second half of a double click on what led here answers nothing: it was not meant for this question. */
function unlessDoubled(answer: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail < 2) answer();
  };
}
