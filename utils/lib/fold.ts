/** A computation that looks at each row once. */
export interface Fold<Row, Result> {
  add(row: Row): void;
  /** The result for the rows so far. */
  result(): Result;
}
