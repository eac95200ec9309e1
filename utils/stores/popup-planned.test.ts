import { describe, expect, it, vi } from 'vitest';
import { ACCOUNT, ACTIVE, type Answers, answered, ID, openPopup } from '../../tests/fixtures/popup-store.ts';
import { systemLocalTime } from '../lib/local-time.ts';
import type { PlannedJob, StartBulkResult } from '../messaging/protocol.ts';
import { DEFAULT_POLICY } from '../settings/policy.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';

const START = { wall: '2099-12-01T00:05', zone: systemLocalTime.zone() };
const at = systemLocalTime.instantOf(START.wall);
const JOB: PlannedJob = {
  jobId: 1,
  confirmedAt: Date.now(),
  account: ACCOUNT,
  total: 1,
  state: { kind: 'scheduled', at, ...START },
  dueAt: at,
};

/** Opens the popup with a wait of 10 s for a single code, and asks about the code. */
async function asked(change: Answers = {}, isLater = false) {
  let jobs: PlannedJob[] = [];
  const popup = await openPopup({
    getAppState: async () => ({
      accounts: [ACCOUNT],
      currentAccountId: ACCOUNT.id,
      settings: { ...DEFAULT_SETTINGS, waitForSingle: true },
      vault: { status: 'open', protection: 'device' },
      policy: DEFAULT_POLICY,
    }),
    startJob: async (): Promise<StartBulkResult> => {
      jobs = [JOB];
      return { ok: true, jobId: 1 };
    },
    getPlannedFor: async () => jobs,
    ...change,
  });
  popup.setText(ID);
  await popup.requestCancel(isLater);
  return popup;
}

describe('a cancel of one code', () => {
  it('is planned for the chosen time, and then shown as planned', async () => {
    const popup = await asked({}, true);
    expect(popup.get().dialog).toMatchObject({ isLater: true });
    await popup.confirmCancel('Event over', START);
    expect(popup.sent('startJob')).toEqual([
      {
        accountId: ACCOUNT.id,
        codes: [{ qrCodeId: ID, qrName: 'Counter 4', amount: 500 }],
        reason: 'Event over',
        startedBy: 'popup',
        at: START,
      },
    ]);
    expect(popup.sent('cancelQrCode')).toEqual([]);
    await vi.waitFor(() => expect(popup.get().planned?.store.getState().jobs).toEqual([JOB]));
    expect(popup.get()).toMatchObject({ dialog: undefined, busy: undefined });
  });

  it('keeps the dialog with the reason if it was not planned', async () => {
    const popup = await asked({ startJob: async () => ({ ok: false, problem: { code: 'locked' } }) }, true);
    await popup.confirmCancel(undefined, START);
    expect(popup.get().dialog).toMatchObject({ problem: { code: 'locked' } });
    expect(popup.get().busy).toBeUndefined();
  });

  it('sends nothing for a time that has passed', async () => {
    const popup = await asked({}, true);
    await popup.confirmCancel(undefined, { ...START, wall: '2020-01-01T00:00' });
    expect(popup.sent('startJob')).toEqual([]);
    expect(popup.get().dialog).toMatchObject({ problem: { code: 'past' } });
  });

  it('waits if the operator chose that for a single code', async () => {
    const popup = await asked();
    await popup.confirmCancel();
    expect(popup.sent('startJob')).toMatchObject([{ waitSeconds: 10 }]);
    expect(popup.sent('cancelQrCode')).toEqual([]);
  });

  it('is not planned if its dialog was closed while the code for that was loaded', async () => {
    // A code that could not be read loads nothing of planned cancels before.
    const popup = await asked({ getQrCode: async () => ({ kind: 'ambiguous', reason: 'timeout' }) }, true);
    const confirming = popup.confirmCancel(undefined, START);
    popup.dismissDialog();
    await confirming;
    expect(popup.sent('startJob')).toEqual([]);
    expect(popup.get()).toMatchObject({ dialog: undefined, busy: undefined });
  });

  it('is planned once if it is confirmed twice while the code for that is loaded', async () => {
    const popup = await asked({}, true);
    await Promise.all([popup.confirmCancel(undefined, START), popup.confirmCancel(undefined, START)]);
    expect(popup.sent('startJob')).toHaveLength(1);
  });

  it('does not wait if the code is not known to be active: after a wait it would be left alone', async () => {
    const popup = await asked({ getQrCode: async () => answered({ ...ACTIVE, status: 'SUSPENDED' }) });
    await popup.confirmCancel();
    expect(popup.sent('startJob')).toEqual([]);
    expect(popup.sent('cancelQrCode')).toHaveLength(1);
  });
});

describe('a countdown', () => {
  const COUNTDOWN: PlannedJob = {
    ...JOB,
    state: { ...JOB.state, kind: 'scheduled', waitSeconds: 10 } as PlannedJob['state'],
  };

  it('stays on screen with its code until it is over, whatever is entered meanwhile', async () => {
    let jobs = [COUNTDOWN];
    const popup = await asked({
      getPlannedFor: async ({ qrCodeId }) => (qrCodeId === ID ? jobs : []),
      getLastCancel: async () => null,
    });
    await popup.confirmCancel();
    await vi.waitFor(() => expect(popup.get().planned?.qrCodeId).toBe(ID));
    popup.setText('QR26DU7U9NREWV');
    await popup.check();
    expect(popup.get().about?.qrCodeId).toBe('QR26DU7U9NREWV');
    expect(popup.get().planned?.qrCodeId).toBe(ID);
    jobs = [];
    await popup.get().planned?.store.actions.keepActive(COUNTDOWN.jobId);
    expect(popup.sent('dropJob')).toEqual([{ jobId: COUNTDOWN.jobId }]);
  });
});
