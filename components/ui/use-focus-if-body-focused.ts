import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Focuses the element on mount if the previously focused element was removed. */
export function useFocusIfBodyFocused(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) element.current?.focus();
  }, [element]);
}
