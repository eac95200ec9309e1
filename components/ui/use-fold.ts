import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { systemClock } from '../../utils/lib/clock.ts';
import type { Fold } from '../../utils/lib/fold.ts';
import type { Rows } from '../../utils/lib/persistent-vector.ts';
import { runInTimeSlices } from '../../utils/lib/time-slice.ts';

/** As many rows take a few milliseconds at most. */
const MAX_AT_ONCE = 2_000;

/**
 * A result that is computed from rows, again if the rows or the inputs change. For many rows it is computed in time slices
 * after the rendering, so that the page stays responsive. Until it is ready, the result before is returned, at first that
 * of no rows.
 */
export function useFold<Row, Result>(
  rows: Rows<Row>,
  begin: () => Fold<Row, Result>,
  inputs: readonly unknown[],
): Result {
  const [, redraw] = useReducer<number, void>((drawn) => drawn + 1, 0);
  const latest = useRef<{ result: Result }>(undefined);
  const isLong = rows.length > MAX_AT_ONCE;
  useMemo(() => {
    if (isLong && latest.current) return;
    const fold = begin();
    if (!isLong) for (const row of rows) fold.add(row);
    latest.current = { result: fold.result() };
  }, [rows, ...inputs]);
  useEffect(() => {
    if (!isLong) return;
    let isCurrent = true;
    const fold = begin();
    void foldInSlices(rows, fold, () => isCurrent).then((isDone) => {
      if (!isDone) return;
      latest.current = { result: fold.result() };
      redraw();
    });
    return () => {
      isCurrent = false;
    };
  }, [rows, ...inputs]);
  return (latest.current as { result: Result }).result;
}

function foldInSlices<Row>(
  rows: Rows<Row>,
  fold: Fold<Row, unknown>,
  isCurrent: () => boolean,
): Promise<boolean> {
  return runInTimeSlices(
    rows,
    systemClock,
    (batch) => {
      for (const row of batch) fold.add(row);
    },
    isCurrent,
  );
}
