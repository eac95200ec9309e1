import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WatchCheck } from '../accounts/connection-check-progress.ts';
import type { StorageItem } from '../browser/storage-item.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import { t } from '../i18n/i18n.ts';
import type { AccountView, Send } from '../messaging/protocol.ts';
import { parseInput } from '../qr-code-id/parse-entry.ts';
import type { OnboardingState } from '../settings/onboarding.ts';
import { failedCheckReport } from '../wording/check.ts';
import { idProblemText } from '../wording/id-problem.ts';
import { statusLine } from '../wording/qr-code.ts';
import type { Report } from '../wording/report.ts';
import { runCheck, type ShownCheck } from './connection-check.ts';

/** What the settings page shows of the first steps. */
export interface GettingStartedState extends OnboardingState {
  open: boolean;
  busy: 'checking-connection' | 'checking' | undefined;
  /** The check of the connection. */
  connection: ShownCheck | undefined;
  /** Why nothing of the connection was checked. */
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
  /** To be called where EnKash has let an account's keys in. */
  markTested(): Promise<void>;
  checkConnection(account: AccountView): Promise<void>;
  setText(text: string): void;
  check(account: AccountView): Promise<void>;
}

export type GettingStartedStore = StoreApi<GettingStartedState> & { actions: GettingStartedActions };

const NOTHING_CHECKED = { connection: undefined, notChecked: undefined } as const;
const NOTHING_READ = { fieldError: undefined, found: undefined, report: undefined } as const;

/** Builds the state of the first steps. They only read, and a code that is tried here is not in the history. */
export function createGettingStartedStore(
  send: Send,
  kept: Pick<StorageItem<OnboardingState>, 'read' | 'change' | 'watch'>,
  watchCheck: WatchCheck,
): GettingStartedStore {
  const store = createStore<GettingStartedState>(() => ({
    ...NOTHING_READ,
    hasTestedConnection: false,
    hasReadCode: false,
    hidden: false,
    open: false,
    busy: undefined,
    ...NOTHING_CHECKED,
    text: '',
  }));
  const { getState: get, setState: set } = store;

  async function note(done: Partial<OnboardingState>): Promise<void> {
    set(done);
    await kept.change((before) => ({ ...before, ...done }));
  }

  async function runExclusive(busy: NonNullable<GettingStartedState['busy']>, work: () => Promise<void>) {
    if (get().busy) return;
    set({ ...NOTHING_READ, ...NOTHING_CHECKED, busy });
    try {
      await work();
    } catch {
      const report: Report = { tone: 'danger', title: t('noAnswerFromBackground'), sentences: [] };
      set(busy === 'checking-connection' ? { connection: undefined, notChecked: report } : { report });
    } finally {
      set({ busy: undefined });
    }
  }

  const actions: GettingStartedActions = {
    async load() {
      const [before, attempts] = await Promise.all([
        kept.read(),
        send('getRecentAttempts', { limit: 1 }).catch(() => undefined),
      ]);
      // Who has worked with it needs no first steps, whether or not they were taken here; nor who can't be asked now.
      const used = attempts?.length !== 0;
      const known = {
        ...before,
        hasTestedConnection: before.hasTestedConnection || used,
        hasReadCode: before.hasReadCode || used,
      };
      set({ ...known, open: isUnfinished(known) });
      // They come back when everything is forgotten, and do not go the moment they are done.
      kept.watch((now) => set({ ...now, open: get().open || isUnfinished(now) }));
    },
    show: () => set({ open: true }),
    async hide() {
      set({ open: false });
      await note({ hidden: true });
    },
    markTested: () => note({ hasTestedConnection: true }),
    checkConnection: (account) =>
      runExclusive('checking-connection', async () => {
        const { hasKeys: _, ...saved } = account;
        const draft = { ...saved, colour: saved.colour ?? 'blue', accessKey: '', secret: '' };
        const show = (connection: ShownCheck) => set({ connection });
        const { works, problems } = await runCheck({ send, watch: watchCheck, draft, show });
        if (problems.length > 0)
          set({
            connection: undefined,
            notChecked: { tone: 'danger', title: t('vaultClosed'), sentences: [] },
          });
        if (works) await note({ hasTestedConnection: true });
      }),
    setText: (text) => set({ ...NOTHING_READ, text }),
    async check(account) {
      const entry = parseInput(get().text);
      if (entry.kind !== 'one') {
        const fieldError = entry.kind === 'several' ? t('tryOneOnly') : idProblemText(entry.problem);
        return set({ ...NOTHING_READ, fieldError });
      }
      const { qrCodeId } = entry;
      await runExclusive('checking', async () => {
        set({ text: qrCodeId });
        const read = await send('getQrCode', { accountId: account.id, qrCodeId });
        if (read.kind !== 'answered') return set({ report: failedCheckReport(read, account) });
        set({ found: { qrCodeId, qrCode: read.payload, statusLine: statusLine(read.payload) } });
        await note({ hasTestedConnection: true, hasReadCode: true });
      });
    },
  };
  return Object.assign(store, { actions });
}

function isUnfinished({ hasTestedConnection, hasReadCode, hidden }: OnboardingState): boolean {
  return !hidden && !(hasTestedConnection && hasReadCode);
}
