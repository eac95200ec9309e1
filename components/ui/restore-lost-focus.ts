const FOCUSABLE = 'button:not(:disabled), a[href], input:not(:disabled), textarea, select, [tabindex]';

/**
 * Keeps the focus near where it was when what had it is taken out of the page, as a button that was pressed and is of
 * no more use: on the first thing that can have it in what was around. Else the keyboard would start from the top.
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
