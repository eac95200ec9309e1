const FOCUSABLE = 'button:not(:disabled), a[href], input:not(:disabled), textarea, select, [tabindex]';

/**
 * Restores the focus if the focused element is removed, such as a button after its action. Focuses the first focusable
 * element in the nearest remaining ancestor. Without it, keyboard users would start again at the top of the page.
 */
export function restoreLostFocus(): void {
  let focused: Element | null = null;
  let ancestors: HTMLElement[] = [];
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    focused = target;
    ancestors = ancestorsOf(target);
  });
  new MutationObserver(() => {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    focused = null;
    const found = ancestors.map((place) => place.isConnected && place.querySelector<HTMLElement>(FOCUSABLE));
    (found.find(Boolean) || undefined)?.focus();
  }).observe(document.body, { childList: true, subtree: true });
}

function ancestorsOf(element: Element): HTMLElement[] {
  const parent = element.parentElement;
  return parent ? [parent, ...ancestorsOf(parent)] : [];
}
