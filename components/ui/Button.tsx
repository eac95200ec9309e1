import type { ComponentChildren, Ref } from 'preact';
import './button.css';

interface ButtonProps {
  children: ComponentChildren;
  kind?: 'primary' | 'danger' | 'danger-fill' | 'plain';
  type?: 'button' | 'submit';
  disabled?: boolean;
  /** While what was pressed is under way: it can be pressed no more, but keeps the focus, unlike a disabled one. */
  busy?: boolean;
  onClick?: (event: MouseEvent) => void;
  buttonRef?: Ref<HTMLButtonElement>;
  label?: string;
}

/** A native button. Where the visible text says too little on its own, `label` is its name. */
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
