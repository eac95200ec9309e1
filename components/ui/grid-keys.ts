/** Rows per Page Up and Page Down: about one screen. */
const PAGE = 10;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  End: Number.POSITIVE_INFINITY,
  Home: Number.NEGATIVE_INFINITY,
};

/** The number of rows that a key moves by; `undefined` for other keys. */
export function rowStepForKey(key: string): number | undefined {
  return STEPS[key];
}

/**
 * Moves the focus to the table after a click in it: the clicked row is removed once it scrolls out of view. Returns whether
 * this was a plain click, not the end of a text selection.
 */
export function focusTable({ target }: MouseEvent): boolean {
  if (target instanceof Element) target.closest<HTMLElement>('[role$=grid]')?.focus({ preventScroll: true });
  return getSelection()?.isCollapsed !== false;
}
