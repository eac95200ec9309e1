const FOCUSABLE =
  'button:not(:disabled), a[href], input:not(:disabled), textarea:not(:disabled), select:not(:disabled), summary, [tabindex]';

/**
 * Restores the focus if the focused element is removed or disabled, such as a button after its action. Focuses the first
 * element that can have the focus in the nearest remaining ancestor. Without it, keyboard users would start again at the
 * top of the page.
 */
export function restoreLostFocus(): void {
  let focused: Element | undefined;
  let ancestors: HTMLElement[] = [];
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    focused = target;
    ancestors = ancestorsOf(target);
  });
  new MutationObserver(() => {
    if (!focused || !isLost(focused)) return;
    focused = undefined;
    ancestors.some(focusFirst);
  }).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
}

/** An element that has been disabled is the active element until the page is drawn again. */
function isLost(focused: Element): boolean {
  const { activeElement, body } = document;
  if (activeElement !== body && activeElement !== focused) return false;
  return !focused.isConnected || focused.matches(':disabled');
}

/** Focuses the first element that takes the focus: an element that is not displayed does not. */
function focusFirst(place: HTMLElement): boolean {
  if (!place.isConnected) return false;
  return [...place.querySelectorAll<HTMLElement>(FOCUSABLE)].some((candidate) => {
    candidate.focus();
    return document.activeElement === candidate;
  });
}

function ancestorsOf(element: Element): HTMLElement[] {
  const parent = element.parentElement;
  return parent ? [parent, ...ancestorsOf(parent)] : [];
}
