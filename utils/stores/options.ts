import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WatchCheck } from '../accounts/connection-check-progress.ts';
import { countOlder, type HistoryReader, readAll } from '../history/history-reader.ts';
import { plural, t } from '../i18n/i18n.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountError, AccountView, AppState, Request, Send } from '../messaging/protocol.ts';
import { parseInput } from '../qr-code-id/parse-entry.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings/settings.ts';
import { CSV_FILE, historyCsv } from '../wording/history-export.ts';
import { idProblemText } from '../wording/id-problem.ts';
import { journalText } from '../wording/journal.ts';
import { eraseReport, forgetReport, removalReport } from '../wording/removal.ts';
import type { Report } from '../wording/report.ts';
import { vaultErrorText } from '../wording/vault.ts';
import { type AccountActions, createAccountActions } from './account-actions.ts';
import { runCheck, type ShownCheck } from './connection-check.ts';

export type AccountDraft = Request<'saveAccount'>;
export type ProtectionChange = Request<'setProtection'>;
type SettingsChange = Request<'updateSettings'>;
export type KeepHistoryDays = Settings['historyRetentionDays'];

/** What the settings page shows. */
export interface OptionsState {
  page: AppState | undefined;
  /** Whether the background did not answer when the page was loaded last. */
  loadFailed: boolean;
  draft: AccountDraft;
  problems: AccountError[];
  busy: 'saving' | 'checking' | 'reading' | undefined;
  /** The QR code that a check of the connection reads. */
  codeToTry: { text: string; error?: string };
  /** The check of the draft's connection. */
  check: ShownCheck | undefined;
  /** How the last thing that was done ended. */
  report: Report | undefined;
  confirmation:
    | { about: 'remove'; account: AccountView }
    | { about: 'erase' }
    | { about: 'forget' }
    /** `count`: as many rows are older now. */
    | { about: 'retention'; days: NonNullable<KeepHistoryDays>; count: number }
    | undefined;
}

export interface OptionsActions extends AccountActions {
  load(): Promise<void>;
  edit(account: AccountView): void;
  /** Changes what protects the keys; answers why nothing was changed, or nothing where it was. */
  protect(change: ProtectionChange): Promise<string | undefined>;
  newDraft(): void;
  changeDraft(change: Partial<AccountDraft>): void;
  save(): Promise<void>;
  setCodeToTry(text: string): void;
  checkConnection(): Promise<void>;
  updateSettings(change: SettingsChange): Promise<void>;
  exportHistory(): Promise<void>;
  /** Keeps the history for so many days, or for good (`null`); asks first where that is shorter than now. */
  keepHistory(days: KeepHistoryDays): Promise<void>;
  ask(asking: OptionsState['confirmation']): void;
  confirm(): Promise<void>;
}

export type OptionsStore = StoreApi<OptionsState> & { actions: OptionsActions };

/** Nothing typed yet. */
export const EMPTY_DRAFT: AccountDraft = {
  name: '',
  environment: 'UAT',
  colour: 'blue',
  authMethod: 'secret-key',
  accessKey: '',
  secret: '',
};

/** Whose check is shown: that of the draft as it stands. */
const NOTHING_CHECKED = { codeToTry: { text: '' }, check: undefined } as const;

const DAY_MS = 86_400_000;

export interface OptionsDeps {
  send: Send;
  /** Forgets the note, apart from the journal, that a job was begun. */
  clearJobMarker(): Promise<void>;
  /** Notes that EnKash has let an account's keys in. */
  noteTested(): Promise<void>;
  watchCheck: WatchCheck;
  journal: HistoryReader;
  clock: Clock;
  download(fileName: string, type: string, parts: readonly string[]): void;
}

/** Builds the settings page's state. What is typed for a key is dropped as soon as it is saved. */
export function createOptionsStore(deps: OptionsDeps): OptionsStore {
  const { send, clearJobMarker, noteTested, journal, clock } = deps;
  const store = createStore<OptionsState>(() => ({
    page: undefined,
    loadFailed: false,
    draft: EMPTY_DRAFT,
    problems: [],
    busy: undefined,
    ...NOTHING_CHECKED,
    report: undefined,
    confirmation: undefined,
  }));
  const { getState: get, setState: set } = store;

  async function runExclusive(busy: OptionsState['busy'], work: () => Promise<void>): Promise<void> {
    if (get().busy) return;
    set({ busy, report: undefined, check: undefined, problems: [] });
    try {
      await work();
    } catch {
      const title = busy === 'checking' ? t('connectionFailed') : t('notSaved', t('noAnswerFromBackground'));
      const sentences = busy === 'checking' ? [t('noAnswerFromBackground')] : [];
      set({ check: undefined, report: failure(sentences, title) });
    } finally {
      set({ busy: undefined });
    }
  }

  /** Does what reads the journal; says so where it can't be read. */
  async function runJournalTask(work: () => Promise<void>): Promise<void> {
    if (get().busy) return;
    set({ busy: 'reading', report: undefined });
    try {
      await work();
    } catch (error) {
      set({ report: failure([], journalText(troubleOf(error))) });
    } finally {
      set({ busy: undefined });
    }
  }

  async function changeRetention(days: KeepHistoryDays): Promise<void> {
    const settings = await send('updateSettings', { historyRetentionDays: days });
    // Said once the page shows it.
    await actions.load();
    if (settings.historyRetentionDays !== days) set({ report: failure([], t('retentionRefused')) });
    else set({ report: success(days === null ? t('retentionAll') : t('retentionChanged', String(days))) });
  }

  const actions: OptionsActions = {
    ...createAccountActions(send, () => actions.load()),
    async load() {
      let page: AppState;
      try {
        page = await send('getAppState', {});
      } catch {
        return set({ loadFailed: true });
      }
      set({ page, loadFailed: false });
      // What was typed of a key does not outlast the lock.
      if (page.vault.status === 'locked') set({ draft: EMPTY_DRAFT, ...NOTHING_CHECKED });
    },
    edit({ id, name, environment, authMethod, colour = EMPTY_DRAFT.colour }) {
      const draft = { ...EMPTY_DRAFT, id, name, environment, authMethod, colour };
      set({ draft, ...NOTHING_CHECKED, problems: [], report: undefined });
    },
    newDraft: () => set({ draft: EMPTY_DRAFT, ...NOTHING_CHECKED, problems: [], report: undefined }),
    changeDraft: (change) => set({ draft: { ...get().draft, ...change }, check: undefined, problems: [] }),
    save: () =>
      runExclusive('saving', async () => {
        const saved = await send('saveAccount', get().draft);
        if (!saved.ok) return set({ problems: saved.problems });
        set({
          draft: EMPTY_DRAFT,
          ...NOTHING_CHECKED,
          report: success(t('accountSaved', saved.account.name)),
        });
        await actions.load();
      }),
    setCodeToTry: (text) => set({ codeToTry: { text }, check: undefined }),
    async checkConnection() {
      const { draft, codeToTry } = get();
      const { qrCodeId, error } = idToTry(codeToTry.text);
      if (error !== undefined) return set({ codeToTry: { ...codeToTry, error } });
      // What was typed meanwhile is another account's connection.
      const isCurrent = () => get().draft === draft;
      await runExclusive('checking', async () => {
        set({ codeToTry: { text: qrCodeId ?? '' } });
        const show = (check: ShownCheck) => isCurrent() && set({ check });
        const { works, problems } = await runCheck({ send, watch: deps.watchCheck, draft, qrCodeId, show });
        if (isCurrent() && problems.length > 0) set({ problems, check: undefined });
        if (works) await noteTested();
      });
    },
    async protect(change) {
      let refusal: string | undefined = t('protectFailed');
      await runExclusive('saving', async () => {
        const done = await send('setProtection', change);
        refusal = done.ok ? undefined : vaultErrorText(done);
        if (done.ok) set({ report: success(protectedText(get().page, change)) });
        await actions.load();
      });
      return refusal;
    },
    async updateSettings(change) {
      // What was said before would stay in the language before.
      if (change.language) set({ report: undefined });
      try {
        await send('updateSettings', change);
      } catch {
        set({ report: failure([], t('notSaved', t('noAnswerFromBackground'))) });
      }
      await actions.load();
    },
    exportHistory: () =>
      runJournalTask(async () => {
        deps.download(CSV_FILE, 'text/csv', await historyCsv(await readAll(journal), clock));
      }),
    async keepHistory(days) {
      const now = get().page?.settings.historyRetentionDays ?? null;
      if (days === null || (now !== null && days > now))
        return runExclusive('saving', () => changeRetention(days));
      await runJournalTask(async () => {
        const count = await countOlder(journal, clock.now() - days * DAY_MS, clock.now());
        set({ confirmation: { about: 'retention', days, count } });
      });
    },
    ask: (confirmation) => set({ confirmation }),
    async confirm() {
      const { confirmation } = get();
      set({ confirmation: undefined });
      await runExclusive('saving', async () => {
        if (confirmation?.about === 'remove') {
          const removal = await send('removeAccount', { accountId: confirmation.account.id });
          set({ draft: EMPTY_DRAFT, report: removalReport(removal, confirmation.account.name) });
        } else if (confirmation?.about === 'erase') {
          const erased = await send('clearHistory', {});
          // A job that is over went with the history, and is not lost.
          if (erased.ok) await clearJobMarker();
          set({ report: eraseReport(erased) });
        } else if (confirmation?.about === 'retention') {
          await changeRetention(confirmation.days);
        } else if (confirmation?.about === 'forget') {
          const forgotten = await send('resetExtension', {});
          set({ draft: EMPTY_DRAFT, report: forgetReport(forgotten) });
        }
        await actions.load();
      });
    },
  };
  return Object.assign(store, { actions });
}

/** The one id that is to be tried, if any, or why the text is none. */
function idToTry(text: string): { qrCodeId?: string; error?: string } {
  if (text.trim() === '') return {};
  const entry = parseInput(text);
  if (entry.kind === 'one') return { qrCodeId: entry.qrCodeId };
  return { error: entry.kind === 'several' ? t('tryOneOnly') : idProblemText(entry.problem) };
}

/** What the change of protection was, in words. */
function protectedText(before: AppState | undefined, { target }: ProtectionChange): string {
  const had = before?.vault.status !== 'problem' && before?.vault.protection === 'passphrase';
  if (target.kind !== 'passphrase') return had ? t('passphraseRemoved') : t('keepChanged');
  if (had) return t('passphraseChanged');
  return plural('passphraseSet', before?.settings.lockAfterMinutes ?? DEFAULT_SETTINGS.lockAfterMinutes);
}

function success(title: string): Report {
  return { tone: 'success', title, sentences: [] };
}

function failure(sentences: string[], title: string): Report {
  return { tone: 'danger', title, sentences };
}
