/** The selected rows. A row is identified by its id, so that sorting keeps the selection. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The row at which a range by Shift begins. */
  readonly anchor?: string;
  /** The row of the keyboard cursor. */
  readonly cursor?: string;
}

export const EMPTY_SELECTION: Selection = { ids: new Set() };

/** Selects or deselects a row, and makes it the anchor of ranges. */
export function toggle({ ids }: Selection, id: string): Selection {
  const changed = new Set(ids);
  if (!changed.delete(id)) changed.add(id);
  return { ids: changed, anchor: id, cursor: id };
}

/** Moves the keyboard cursor to a row. The selected rows stay. */
export function moveCursor({ ids }: Selection, cursor: string | undefined): Selection {
  return { ids, ...(cursor === undefined ? {} : { cursor }) };
}

/**
 * Selects the range from the anchor to this row, both included. It replaces the previous range from the same anchor.
 * Without an anchor among the rows, only this row is selected.
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

/** Moves the keyboard cursor by `step` rows, at most to the first or last; with `extend`, extends the range to it. */
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

/** The selection without rows that are no longer shown. */
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
