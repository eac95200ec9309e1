import type { JournalTrouble } from '../model/journal-trouble.ts';

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

/** The reason that the journal failed. */
export function troubleOf(error: unknown): JournalTrouble {
  if (error instanceof JournalUnavailable) return error.trouble;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return BY_NAME[name] ?? 'damaged';
}
