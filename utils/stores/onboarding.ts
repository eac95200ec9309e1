import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WatchCheck } from '../accounts/connection-check-progress.ts';
import type { StorageItem } from '../browser/storage-item.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import { t } from '../i18n/i18n.ts';
import type { AccountView, Send } from '../messaging/protocol.ts';
import { parseInput } from '../qr-code-id/parse-entry.ts';
import type { OnboardingState } from '../settings/onboarding.ts';
import { failedCheckReport } from '../wording/check.ts';
import { statusLine } from '../wording/code-fields.ts';
import { idProblemText } from '../wording/id-problem.ts';
import type { Report } from '../wording/report.ts';
import { runCheck, type ShownCheck } from './connection-check.ts';

/** What the settings page shows of the first steps. */
export interface GettingStartedState extends OnboardingState {
  open: boolean;
  busy: 'checking-connection' | 'checking' | undefined;
  /** The check of the connection. */
  connection: ShownCheck | undefined;
  /** Why the connection was not checked. */
  notChecked: Report | undefined;
  text: string;
  fieldError: string | undefined;
  found: { qrCodeId: string; qrCode: QrCode; statusLine: string } | undefined;
  /** Why the code could not be read. */
  report: Report | undefined;
}

export interface GettingStartedActions {
  load(): Promise<void>;
  show(): void;
  hide(): Promise<void>;
  /** Records that EnKash has accepted an account's keys. */
  markTested(): Promise<void>;
  checkConnection(account: AccountView): Promise<void>;
  setText(text: string): void;
  check(account: AccountView): Promise<void>;
}

export type GettingStartedStore = StoreApi<GettingStartedState> & { actions: GettingStartedActions };

interface GettingStartedContext {
  send: Send;
  /** The steps that are done, stored on disk. */
  steps: Pick<StorageItem<OnboardingState>, 'read' | 'change' | 'watch'>;
  watchCheck: WatchCheck;
  get(): GettingStartedState;
  set(change: Partial<GettingStartedState>): void;
}

const NOTHING_CHECKED = { connection: undefined, notChecked: undefined } as const;
const NOTHING_READ = { fieldError: undefined, found: undefined, report: undefined } as const;

const INITIAL_STATE: GettingStartedState = {
  ...NOTHING_READ,
  hasTestedConnection: false,
  hasReadCode: false,
  hidden: false,
  open: false,
  busy: undefined,
  ...NOTHING_CHECKED,
  text: '',
};

/** Builds the store of the first steps. They only read, and the history does not record them. */
export function createGettingStartedStore(
  send: Send,
  steps: GettingStartedContext['steps'],
  watchCheck: WatchCheck,
): GettingStartedStore {
  const store = createStore<GettingStartedState>(() => INITIAL_STATE);
  const { getState: get, setState: set } = store;
  const context: GettingStartedContext = { send, steps, watchCheck, get, set };
  const actions: GettingStartedActions = {
    load: () => load(context),
    show: () => set({ open: true }),
    async hide() {
      set({ open: false });
      await markDone(context, { hidden: true });
    },
    markTested: () => markDone(context, { hasTestedConnection: true }),
    checkConnection: (account) =>
      runExclusive(context, 'checking-connection', () => checkConnection(context, account)),
    setText: (text) => set({ ...NOTHING_READ, text }),
    check: (account) => checkCode(context, account),
  };
  return Object.assign(store, { actions });
}

async function load({ send, steps, get, set }: GettingStartedContext): Promise<void> {
  const [stored, attempts] = await Promise.all([
    steps.read(),
    send('getRecentAttempts', { limit: 1 }).catch(() => undefined),
  ]);
  // A user with an attempt in the history needs no first steps. If the history can't be read, show none either.
  const isExperienced = attempts?.length !== 0;
  const known = {
    ...stored,
    hasTestedConnection: stored.hasTestedConnection || isExperienced,
    hasReadCode: stored.hasReadCode || isExperienced,
  };
  set({ ...known, open: isUnfinished(known) });
  // They open again when everything is forgotten, and stay open when the last one is done.
  steps.watch((now) => set({ ...now, open: get().open || isUnfinished(now) }));
}

function isUnfinished({ hasTestedConnection, hasReadCode, hidden }: OnboardingState): boolean {
  return !hidden && !(hasTestedConnection && hasReadCode);
}

async function markDone(
  { steps, set }: GettingStartedContext,
  done: Partial<OnboardingState>,
): Promise<void> {
  set(done);
  await steps.change((before) => ({ ...before, ...done }));
}

/** Runs a check unless another one runs. Reports it if the background does not answer. */
async function runExclusive(
  { get, set }: GettingStartedContext,
  busy: NonNullable<GettingStartedState['busy']>,
  task: () => Promise<void>,
): Promise<void> {
  if (get().busy) return;
  set({ ...NOTHING_READ, ...NOTHING_CHECKED, busy });
  try {
    await task();
  } catch {
    const report: Report = { tone: 'danger', title: t('loadFailedText'), sentences: [] };
    set(busy === 'checking-connection' ? { connection: undefined, notChecked: report } : { report });
  } finally {
    set({ busy: undefined });
  }
}

async function checkConnection(context: GettingStartedContext, account: AccountView): Promise<void> {
  const { send, watchCheck, set } = context;
  const { hasKeys: _, ...saved } = account;
  const draft = { ...saved, colour: saved.colour ?? 'blue', accessKey: '', secret: '' };
  const show = (connection: ShownCheck) => set({ connection });
  const { works, problems } = await runCheck({ send, watch: watchCheck, draft, show });
  if (problems.length > 0)
    set({
      connection: undefined,
      notChecked: { tone: 'danger', title: t('vaultClosed'), sentences: [] },
    });
  if (works) await markDone(context, { hasTestedConnection: true });
}

async function checkCode(context: GettingStartedContext, account: AccountView): Promise<void> {
  const { send, get, set } = context;
  const entry = parseInput(get().text);
  if (entry.kind !== 'one') {
    const fieldError = entry.kind === 'several' ? t('tryOneOnly') : idProblemText(entry.problem);
    return set({ ...NOTHING_READ, fieldError });
  }
  const { qrCodeId } = entry;
  await runExclusive(context, 'checking', async () => {
    set({ text: qrCodeId });
    const read = await send('getQrCode', { accountId: account.id, qrCodeId });
    if (read.kind !== 'answered') return set({ report: failedCheckReport(read, account) });
    set({ found: { qrCodeId, qrCode: read.payload, statusLine: statusLine(read.payload) } });
    await markDone(context, { hasTestedConnection: true, hasReadCode: true });
  });
}
