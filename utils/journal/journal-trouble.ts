/**
 * Why the journal can't be used. `newer`: a newer version of the extension has written it. `full`: the browser has no
 * space left. `blocked`: another page holds it. `elsewhere`: this page is in another storage partition than the worker.
 * `no-answer`: the worker, which says which journal is meant, gave no answer. `damaged`: anything else; browsers report
 * damaged files and failing disks alike.
 */
export type JournalTrouble = 'newer' | 'full' | 'damaged' | 'blocked' | 'elsewhere' | 'no-answer';

/** Thrown if the journal can't be opened. */
export class JournalUnavailable extends Error {
  readonly trouble: JournalTrouble;

  constructor(trouble: JournalTrouble, cause?: unknown) {
    super(cause instanceof Error ? cause.message : `The journal is unavailable: ${trouble}.`, { cause });
    this.trouble = trouble;
  }
}

/** Names of IndexedDB's errors (W3C Indexed Database API 3.0, "Exceptions"). */
const BY_NAME: Readonly<Record<string, JournalTrouble>> = {
  VersionError: 'newer',
  QuotaExceededError: 'full',
};

/** Why an attempt to use the journal has failed. */
export function troubleOf(error: unknown): JournalTrouble {
  if (error instanceof JournalUnavailable) return error.trouble;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return BY_NAME[name] ?? 'damaged';
}
