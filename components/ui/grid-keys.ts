/** Rows that Page Up and Page Down go at once: about as many as are in sight. */
const PAGE = 10;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  End: Number.POSITIVE_INFINITY,
  Home: Number.NEGATIVE_INFINITY,
};

/** By how many rows a key moves in a table; nothing where it is another key. */
export function rowStepForKey(key: string): number | undefined {
  return STEPS[key];
}

/**
 * Lets the keyboard go on from the table after a click in it, since what was clicked is gone once it is scrolled out
 * of sight. Says whether the click was one, and not the end of marking text to be copied.
 */
export function focusTable({ target }: MouseEvent): boolean {
  if (target instanceof Element) target.closest<HTMLElement>('[role$=grid]')?.focus({ preventScroll: true });
  return getSelection()?.isCollapsed !== false;
}
