import type { Fold } from '../../utils/lib/fold.ts';
import type { Rows } from '../../utils/lib/persistent-vector.ts';
import { countReasons, type Reason, type ReasonOf, rowsWithReason } from '../../utils/wording/reasons.ts';
import { useFold } from '../ui/use-fold.ts';

interface ReasonInputs<Row> {
  rows: Rows<Row>;
  /** The rows whose reasons are counted. */
  counted: Rows<Row>;
  /** Creates the function that returns the reason of a row. */
  reasonsFor: () => ReasonOf<Row>;
  /** The values on which the reasons depend, besides the rows. */
  inputs: readonly unknown[];
  /** The key of the chosen reason. */
  chosen: string | undefined;
}

const NONE: readonly never[] = [];

/** The reasons that rows share, and the rows with the chosen one: all of them if none is chosen. */
export function useReasons<Row>({ rows, counted, reasonsFor, inputs, chosen }: ReasonInputs<Row>): {
  reasons: readonly Reason[];
  /** The key of the chosen reason, if it still is among them. */
  reason: string | undefined;
  shown: Rows<Row>;
} {
  const reasons = useFold(counted, () => countReasons(reasonsFor()), inputs);
  const reason = reasons.find(({ key }) => key === chosen)?.key;
  const shown = useFold<Row, Rows<Row>>(
    reason === undefined ? NONE : rows,
    () => (reason === undefined ? all(rows) : rowsWithReason(reasonsFor(), reason)),
    [rows, reason, ...inputs],
  );
  return { reasons, reason, shown };
}

/** All rows, without a look at any of them. */
function all<Row>(rows: Rows<Row>): Fold<Row, Rows<Row>> {
  return { add: () => undefined, result: () => rows };
}
