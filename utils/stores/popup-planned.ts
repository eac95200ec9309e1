import { onJobChanged } from '../bulk/job-events.ts';
import { systemClock } from '../lib/clock.ts';
import { systemLocalTime } from '../lib/local-time.ts';
import type { StartBulkResult, StartJobError } from '../messaging/protocol.ts';
import { pickSummary } from '../model/attempt.ts';
import { planTime, type WaitSeconds, type WallTime } from '../model/planned-time.ts';
import { createPlannedStore } from './planned.ts';
import { isCountdown, type PlannedStore } from './planned-state.ts';
import { noResponseReport, outcomeResult } from './popup-results.ts';
import { type CancelQuestion, EMPTY_RESULT, type PopupContext } from './popup-state.ts';
import { isCurrentAndReady } from './popup-task.ts';

interface Plan {
  reason: string | undefined;
  start: WallTime | undefined;
  waitSeconds: WaitSeconds;
}

/** Plans the cancel that the dialog asked about, and then shows when it starts. */
export async function planCancel(
  context: PopupContext,
  dialog: CancelQuestion,
  { reason, start, waitSeconds }: Plan,
): Promise<void> {
  const { send, get, set } = context;
  const { qrCodeId, account, read } = dialog;
  const time = start && planTime(start, systemLocalTime, systemClock.now());
  if (time && 'code' in time) return set({ dialog: { ...dialog, problem: time } });
  set({ busy: 'cancelling' });
  const result: StartBulkResult | undefined = await send('startJob', {
    accountId: account.id,
    codes: [{ qrCodeId, ...pickSummary(read.kind === 'answered' ? read.payload : {}) }],
    reason,
    startedBy: get().startedBy,
    ...(start ? { at: start } : { waitSeconds }),
  }).catch(() => undefined);
  if (result && !result.ok) return refuse(context, dialog, result.problem);
  const shown = get().qrCode;
  set({
    ...EMPTY_RESULT,
    busy: undefined,
    dialog: undefined,
    about: { qrCodeId, account },
    qrCode: shown,
    ...(result ? {} : { report: noResponseReport }),
  });
}

function refuse({ set }: PopupContext, dialog: CancelQuestion, problem: StartJobError): void {
  set({ busy: undefined, dialog: { ...dialog, problem } });
}

let follower: { stop(): void } | undefined;

/** Shows what waits for the code of the result, and the outcome of a countdown that is over. */
export function followPlanned(context: PopupContext): void {
  follower?.stop();
  follower = undefined;
  const { send, get, set } = context;
  const { about } = get();
  if (!about) return;
  const { qrCodeId, account } = about;
  const store: PlannedStore = createPlannedStore({
    send,
    clock: systemClock,
    local: systemLocalTime,
    load: () => send('getPlannedFor', { accountId: account.id, qrCodeId }),
  });
  const isShown = () => get().planned?.store === store;
  const isCurrent = () => (get().about === about || isShown()) && isCurrentAndReady(context, account);
  let startedAt: number | undefined;
  const look = async () => {
    const before = store.getState().jobs.find(isCountdown);
    startedAt ??= before?.confirmedAt;
    await store.actions.refresh();
    if (!isCurrent()) return;
    const { jobs, notice } = store.getState();
    if (jobs.length > 0 || notice) return set({ planned: { qrCodeId, store } });
    set({ planned: undefined });
    // Another code came on screen during the countdown.
    if (get().about !== about) return followPlanned(context);
    if (startedAt === undefined) return;
    const last = await send('getLastCancel', { accountId: account.id, qrCodeId });
    if (last?.action !== 'cancel' || !last.outcome || last.at < startedAt || !isCurrent()) return;
    startedAt = undefined;
    set({ ...outcomeResult(last.outcome, account, undefined) });
  };
  const unsubscribe = onJobChanged(() => void look().catch(() => undefined));
  follower = { stop: unsubscribe };
  void look().catch(() => undefined);
}
