import type { ComponentChildren, Ref } from 'preact';
import './button.css';

interface ButtonProps {
  children: ComponentChildren;
  kind?: 'primary' | 'danger' | 'danger-fill' | 'plain';
  type?: 'button' | 'submit';
  disabled?: boolean;
  /** Set while the button's action runs: clicks are ignored, but unlike a disabled button it keeps the focus. */
  busy?: boolean;
  onClick?: (event: MouseEvent) => void;
  buttonRef?: Ref<HTMLButtonElement>;
  label?: string;
}

/** A native button. `label` is its accessible name if the visible text is not enough. */
export function Button({
  children,
  kind,
  type = 'button',
  disabled,
  busy,
  onClick,
  buttonRef,
  label,
}: ButtonProps) {
  return (
    <button
      ref={buttonRef ?? null}
      type={type}
      class={kind ? `button ${kind}` : 'button'}
      disabled={disabled ?? false}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
      aria-label={label}
      title={label}
    >
      {children}
    </button>
  );
}
