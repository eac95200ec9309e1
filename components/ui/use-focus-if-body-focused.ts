import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Takes the focus, once, where what had it is gone: so the keyboard goes on from here and not from the top. */
export function useFocusIfBodyFocused(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) element.current?.focus();
  }, [element]);
}
