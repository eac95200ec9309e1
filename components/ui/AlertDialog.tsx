import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from './Button.tsx';
import './dialog.css';

export interface AlertDialogProps {
  title: string;
  children: ComponentChildren;
  /** The button that changes nothing. It has the initial focus, and Esc does the same. */
  keepLabel: string;
  onKeep: () => void;
  confirmLabel: string;
  /** `danger-fill` (the default) for an action that removes something. */
  confirmKind?: 'danger-fill' | 'primary';
  onConfirm: () => void;
  /** Whether required input is still missing. */
  confirmDisabled?: boolean;
  /** Set while the action runs: then both buttons are disabled and Esc does nothing. */
  busyLabel?: string | undefined;
  /** Whether the action can still be stopped while it runs, by the button that changes nothing and by Esc. */
  stoppable?: boolean;
}

/** A modal `alertdialog` with two buttons. */
export function AlertDialog(props: AlertDialogProps) {
  const { title, children, keepLabel, onKeep, confirmLabel, onConfirm, confirmDisabled, busyLabel } = props;
  const { confirmKind = 'danger-fill', stoppable = false } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const id = useId();
  const busy = busyLabel !== undefined;
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    keep.current?.focus();
    // A dialog that is removed without being closed does not return the focus.
    return () => before instanceof HTMLElement && before.isConnected && before.focus();
  }, []);
  useEffect(() => {
    // The buttons lose the focus when they are disabled.
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
        if (!busy || stoppable) onKeep();
      }}
      // In Chromium a second Esc closes a dialog even if `cancel` was prevented: reopen it.
      onClose={() => dialog.current?.isConnected && dialog.current.showModal()}
    >
      <div class="stack">
        <h2 id={`${id}-title`}>{title}</h2>
        <div id={`${id}-text`} class="stack">
          {children}
        </div>
        <div class="actions">
          <Button buttonRef={keep} disabled={busy && !stoppable} onClick={unlessDoubled(onKeep)}>
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

/** Ignores the second click of a double click: it was meant for the button that opened the dialog. */
function unlessDoubled(answer: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail < 2) answer();
  };
}
