import { connectionWorks, isOver } from '../accounts/connection-check.ts';
import type { WatchCheck } from '../accounts/connection-check-progress.ts';
import { t } from '../i18n/i18n.ts';
import type { AccountError, Request, Send } from '../messaging/protocol.ts';
import type { AccountRef } from '../model/account.ts';
import { CHECK_STEPS, type CheckStep, type ConnectionCheck } from '../model/connection-check.ts';
import { connectionReport } from '../wording/connection.ts';
import type { Report } from '../wording/report.ts';

/** A check as pages show it. */
export interface ShownCheck {
  account: AccountRef;
  check: ConnectionCheck;
  /** The step in progress; undefined once the check is over. */
  running: CheckStep | undefined;
  /** The result, once it is over. */
  report: Report | undefined;
}

export interface CheckToRun extends Pick<Request<'checkConnection'>, 'draft' | 'qrCodeId'> {
  send: Send;
  watch: WatchCheck;
  /** Called at the start, after every step, and at the end. */
  show: (check: ShownCheck) => void;
}

/**
 * Checks a connection, and shows each step. Returns whether EnKash has accepted the account, or the problems of the
 * draft, in which case nothing was sent. Rejects if the background does not answer.
 */
export async function runCheck(run: CheckToRun): Promise<{ works: boolean; problems: AccountError[] }> {
  const { draft, qrCodeId, show } = run;
  const checkId = crypto.randomUUID();
  const name = draft.name.trim() || t('accountName');
  const account = { id: draft.id ?? checkId, name, environment: draft.environment };
  const shown = (check: ConnectionCheck): ShownCheck => ({
    account,
    check,
    running: CHECK_STEPS.find((step) => check[step] === undefined),
    report: isOver(check) ? connectionReport(check, account) : undefined,
  });
  const stop = run.watch(checkId, (check) => show(shown(check)));
  try {
    show(shown({}));
    const answer = await run.send('checkConnection', { draft, checkId, ...(qrCodeId ? { qrCodeId } : {}) });
    if (!answer.ok) return { works: false, problems: answer.problems };
    stop();
    show(shown(answer.check));
    return { works: connectionWorks(answer.check), problems: [] };
  } finally {
    stop();
  }
}
