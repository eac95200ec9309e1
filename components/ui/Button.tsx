import type { ComponentChildren, RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import './button.css';

interface ButtonProps {
  children: ComponentChildren;
  kind?: 'primary' | 'danger' | 'danger-fill' | 'plain';
  type?: 'button' | 'submit';
  /** Set while the button has no use. */
  disabled?: boolean;
  /** Set while an action runs, the button's own or one that excludes it. */
  busy?: boolean;
  onClick?: (event: MouseEvent) => void;
  buttonRef?: RefObject<HTMLButtonElement | null>;
  label?: string;
}

/**
 * A native button that never gives its focus away. A `disabled` element loses the focus, so a busy button, and a button
 * that has the focus when it becomes disabled, is `aria-disabled` instead: it keeps the focus and ignores presses.
 * `label` is its accessible name if the visible text is not enough.
 */
export function Button({ children, kind, type = 'button', disabled, busy, ...props }: ButtonProps) {
  const { onClick, buttonRef, label } = props;
  const own = useRef<HTMLButtonElement | null>(null);
  const ref = buttonRef ?? own;
  const isFocused = ref.current !== null && ref.current === document.activeElement;
  const isDisabled = disabled === true && !busy && !isFocused;
  const isInert = disabled || busy;
  return (
    <button
      ref={ref}
      type={type}
      class={kind ? `button ${kind}` : 'button'}
      disabled={isDisabled}
      aria-disabled={(isInert && !isDisabled) || undefined}
      onClick={isInert ? ignorePress : onClick}
      aria-label={label}
      title={label}
    >
      {children}
    </button>
  );
}

/** Also keeps the browser from submitting the form. */
function ignorePress(event: MouseEvent): void {
  event.preventDefault();
}
