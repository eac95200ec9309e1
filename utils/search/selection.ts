/** Which rows are selected. A row is known by its id, so that sorting changes nothing of it. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins that is drawn by Shift. */
  readonly anchor?: string;
  /** The row that the keyboard is at. */
  readonly cursor?: string;
}

export const EMPTY_SELECTION: Selection = { ids: new Set() };

/** Selects a row, or takes it out again, and makes it the place that ranges begin at. */
export function toggle({ ids }: Selection, id: string): Selection {
  const changed = new Set(ids);
  if (!changed.delete(id)) changed.add(id);
  return { ids: changed, anchor: id, cursor: id };
}

/** Puts the keyboard's place at a row, and changes nothing of what is selected. */
export function moveCursor({ ids }: Selection, cursor: string | undefined): Selection {
  return { ids, ...(cursor === undefined ? {} : { cursor }) };
}

/**
 * Selects from the anchor to this row, both included, in place of the range that was drawn from the same anchor
 * before. Without an anchor in this order the row alone is selected.
 */
export function extendTo(selection: Selection, order: readonly string[], id: string): Selection {
  const { anchor = selection.cursor, cursor = anchor } = selection;
  const ids = new Set(selection.ids);
  const start = anchor === undefined || !order.includes(anchor) ? id : anchor;
  if (selection.anchor !== undefined && start === selection.anchor && cursor !== undefined)
    for (const before of rangeOf(order, start, cursor)) ids.delete(before);
  for (const now of rangeOf(order, start, id)) ids.add(now);
  return { ids, anchor: start, cursor: id };
}

/** Moves the keyboard's place by so many rows, at most to the first or last; with `extend`, draws a range on. */
export function move(
  selection: Selection,
  order: readonly string[],
  step: number,
  extend: boolean,
): Selection {
  const from = selection.cursor === undefined ? -1 : order.indexOf(selection.cursor);
  const to = order[from < 0 && step > 0 ? 0 : Math.min(order.length - 1, Math.max(0, from + step))];
  if (to === undefined) return selection;
  return extend ? extendTo(selection, order, to) : moveCursor(selection, to);
}

/** Selects every row. */
export function selectAll({ cursor }: Selection, order: readonly string[]): Selection {
  return moveCursor({ ids: new Set(order) }, cursor);
}

/** The selection without what is no longer among the rows. */
export function retainVisible(selection: Selection, shown: ReadonlySet<string>): Selection {
  const { anchor, cursor } = selection;
  return {
    ids: new Set([...selection.ids].filter((id) => shown.has(id))),
    ...(anchor !== undefined && shown.has(anchor) ? { anchor } : {}),
    ...(cursor !== undefined && shown.has(cursor) ? { cursor } : {}),
  };
}

function rangeOf(order: readonly string[], one: string, other: string): readonly string[] {
  const [a, b] = [order.indexOf(one), order.indexOf(other)];
  return a < 0 || b < 0 ? [] : order.slice(Math.min(a, b), Math.max(a, b) + 1);
}
