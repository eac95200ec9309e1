import { connectionWorks, isOver } from '../accounts/connection-check.ts';
import type { WatchCheck } from '../accounts/connection-check-progress.ts';
import { t } from '../i18n/i18n.ts';
import type { AccountError, Request, Send } from '../messaging/protocol.ts';
import { CHECK_STEPS, type CheckStep, type ConnectionCheck } from '../model/connection-check.ts';
import { connectionReport } from '../wording/connection.ts';
import type { AccountRef } from '../wording/gateway.ts';
import type { Report } from '../wording/report.ts';

/** A check as pages show it. */
export interface ShownCheck {
  account: AccountRef;
  check: ConnectionCheck;
  /** The step that is under way; absent when the check is over. */
  running: CheckStep | undefined;
  /** How it ended. */
  report: Report | undefined;
}

export interface CheckToRun extends Pick<Request<'checkConnection'>, 'draft' | 'qrCodeId'> {
  send: Send;
  watch: WatchCheck;
  /** Called with every step, and when it is over. */
  show: (check: ShownCheck) => void;
}

/**
 * Has a connection checked and follows it step by step. Answers whether EnKash let the account in, or what is wrong with
 * the draft, so that nothing was tried. Rejects if the background does not answer.
 */
export async function runCheck(run: CheckToRun): Promise<{ works: boolean; problems: AccountError[] }> {
  const { draft, qrCodeId, show } = run;
  const account = { name: draft.name.trim() || t('accountName'), environment: draft.environment };
  const checkId = crypto.randomUUID();
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
