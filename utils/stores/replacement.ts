import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NewQrCode } from '../enkash/create.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { ExistingReplacement, FindReplacement } from '../history/find-replacements.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountView, AppState, Send } from '../messaging/protocol.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { CreateResult } from '../qr-code/create.ts';
import {
  type FormProblem,
  formFromQrCode,
  type ParamField,
  parseForm,
  type ReplacementForm,
} from '../qr-code/replacement-form.ts';
import { imageFileName } from './image-file.ts';

/** A replacement of a cancelled code: filled in, asked about, sent once, and what came of it. */
export interface Replacement {
  account: Pick<AccountView, 'id' | 'name' | 'environment'>;
  /** The id of the cancelled code. */
  replaces: string;
  /** The cancelled code's expiry, as the gateway wrote it. */
  givenExpiry: string;
  form: ReplacementForm;
  problems: readonly FormProblem[];
  stage: 'form' | 'asking' | 'sending' | 'ended';
  /** An earlier create for the same code, by any page: so that nobody makes a second one unawares. */
  before?: ExistingReplacement | undefined;
  /** Whether another account has come into use since it was sent: a search would look there, and find nothing. */
  elsewhere?: boolean;
  /** What is asked for, from the question on. */
  request?: NewQrCode;
  /** The word that has to be typed before it is sent; none in UAT. */
  word?: string | undefined;
  typed: string;
  result?: CreateResult;
  /** The new code as it was read since. */
  read?: 'reading' | GatewayResult<QrCode>;
  /** Whether the new code's id is in the clipboard. */
  copied?: boolean;
}

export interface ReplacementState {
  replacement: Replacement | undefined;
}

export interface ReplacementActions {
  /** Opens the form, filled from a cancelled code that was read for an account. */
  begin(account: Replacement['account'], replaces: string, code: QrCode): void;
  /**
   * Puts away what is not sent yet where its account is locked or no longer in use. What was sent stays until it is
   * closed, though the page shows nothing of it while the keys are locked.
   */
  follow(page: AppState | undefined): void;
  /** Looks again for an earlier create while the form is open, as another page may have sent one since. */
  lookAgain(): Promise<void>;
  change(change: Partial<ReplacementForm>): void;
  changeParam(index: number, change: Partial<ParamField>): void;
  addParam(): void;
  removeParam(index: number): void;
  /**
   * Asks whether it is to be sent, or says what is wrong in the form. An expiry that was begun and not finished has no
   * value to the page, just as none.
   */
  ask(isExpiryUnfinished?: boolean): void;
  setTyped(typed: string): void;
  /** Back to the form, from the question or from a create that is known to have made nothing. */
  backToForm(): void;
  /** Sends what was asked about; once, however often it is called. */
  confirm(): Promise<void>;
  /** Reads the new code, for what the answer did not say of it. */
  refreshNewCode(): Promise<void>;
  copyId(): Promise<void>;
  saveImage(): void;
  /** Searches its own account for codes of the name that was asked for, where it is not known whether there is one. */
  searchByName(): void;
  close(): void;
}

export type ReplacementStore = StoreApi<ReplacementState> & { actions: ReplacementActions };

export interface ReplacementDeps {
  send: Send;
  clock: Pick<Clock, 'now'>;
  /** Finds an earlier create for the same code in the journal. */
  earlier: FindReplacement;
  copy: (text: string) => Promise<void>;
  /** Hands an image (a `data:` address) to the browser as a file to save. */
  saveImage: (fileName: string, address: string) => void;
  /** Searches for a text in the search tab. */
  search: (text: string) => void;
}

/** Typed before anything is created in LIVE. */
const CONFIRMATION_PHRASE = 'CREATE';

/** Builds the state of a replacement. Nothing is sent but by `confirm`, after the question. */
export function createReplacementStore(deps: ReplacementDeps): ReplacementStore {
  const store = createStore<ReplacementState>(() => ({ replacement: undefined }));
  const current = () => store.getState().replacement;

  function set(change: Partial<Replacement>): void {
    const replacement = current();
    if (replacement) store.setState({ replacement: { ...replacement, ...change } });
  }

  function setForm(change: Partial<ReplacementForm>): void {
    const replacement = current();
    if (replacement?.stage !== 'form') return;
    const changed = Object.keys(change);
    // What is wrong with the others stays on screen until it is asked again.
    const problems = replacement.problems.filter(({ field }) => !changed.includes(field));
    set({ form: { ...replacement.form, ...change }, problems });
  }

  /** Whether an answer is being dealt with already. */
  let isConfirming = false;

  /**
   * Notes an earlier create for the same code. A journal that can't be read tells of none; then the background can't
   * write this one down either, and sends nothing.
   */
  async function checkForExisting(): Promise<void> {
    const { account, replaces } = current() ?? {};
    if (!account || replaces === undefined) return;
    const existing = await deps.earlier(account, replaces).catch(() => undefined);
    const now = current();
    if (existing && now?.account.id === account.id && now.replaces === replaces) set({ before: existing });
  }

  const actions: ReplacementActions = {
    begin({ id, name, environment }, replaces, code) {
      const account = { id, name, environment };
      const form = formFromQrCode(code);
      const originalExpiry = form.expiry;
      const read = parseForm(form, deps.clock.now(), originalExpiry);
      store.setState({
        replacement: {
          account,
          replaces,
          givenExpiry: originalExpiry,
          form,
          // What the cancelled code can't pass on is said at once; what it lacks, when it is asked for.
          problems: read.ok ? [] : read.problems.filter(({ code: why }) => why !== 'required'),
          stage: 'form',
          typed: '',
        },
      });
      void checkForExisting();
    },
    follow(page) {
      const replacement = current();
      if (!replacement) return;
      const isOtherAccount = page?.currentAccountId !== replacement.account.id;
      if (!['form', 'asking'].includes(replacement.stage)) set({ elsewhere: isOtherAccount });
      else if (page?.vault.status !== 'open' || isOtherAccount) actions.close();
    },
    async lookAgain() {
      // The answer to the question looks by itself, and is not taken where there is something new to read.
      if (current()?.stage === 'form') await checkForExisting();
    },
    change: setForm,
    changeParam(index, change) {
      const params = current()?.form.params.map((param, at) =>
        at === index ? { ...param, ...change } : param,
      );
      if (params) setForm({ params });
    },
    addParam() {
      const params = current()?.form.params;
      if (params) setForm({ params: [...params, { name: '', value: '' }] });
    },
    removeParam(index) {
      const params = current()?.form.params.filter((_, at) => at !== index);
      if (params) setForm({ params });
    },
    ask(isExpiryUnfinished = false) {
      const replacement = current();
      if (replacement?.stage !== 'form') return;
      const { form, givenExpiry, account } = replacement;
      const read = parseForm(form, deps.clock.now(), givenExpiry);
      const unfinished: FormProblem[] = isExpiryUnfinished ? [{ field: 'expiry', code: 'not-a-time' }] : [];
      if (!read.ok || isExpiryUnfinished)
        return set({ problems: read.ok ? unfinished : [...read.problems, ...unfinished] });
      const word = account.environment === 'LIVE' ? CONFIRMATION_PHRASE : undefined;
      set({ problems: [], stage: 'asking', request: read.requested, word, typed: '' });
      void checkForExisting();
    },
    setTyped: (typed) => set({ typed }),
    backToForm() {
      const replacement = current();
      const result = replacement?.result;
      if (replacement?.stage === 'asking' || (replacement?.stage === 'ended' && result && !mayExist(result)))
        set({ stage: 'form' });
    },
    async confirm() {
      const replacement = current();
      if (replacement?.stage !== 'asking' || !replacement.request) return;
      const { account, replaces, request, word, typed } = replacement;
      if (word !== undefined && typed.trim() !== word) return;
      if (isConfirming) return;
      isConfirming = true;
      await checkForExisting();
      isConfirming = false;
      const now = current();
      // Given up or locked meanwhile, or asked about anew.
      if (now?.stage !== 'asking' || now.request !== request) return;
      // Another page may have made one since this was asked: that is to be read before it is answered.
      if (!isSame(now.before, replacement.before)) return set({ typed: '' });
      set({ stage: 'sending' });
      // No answer says nothing of what became of it; it is never sent a second time from here.
      const result = await deps
        .send('createQrCode', { accountId: account.id, replaces, asked: request })
        .catch((): CreateResult => ({ outcome: { kind: 'unconfirmed', reason: 'interrupted' } }));
      set({ stage: 'ended', result });
    },
    async refreshNewCode() {
      const replacement = current();
      const created = replacement?.result?.qrCode;
      if (!replacement || !created || replacement.read === 'reading') return;
      set({ read: 'reading' });
      const request = { accountId: replacement.account.id, qrCodeId: created.qrCodeId };
      const read = await deps
        .send('getQrCode', request)
        .catch(() => ({ kind: 'ambiguous', reason: 'connection' }) as const);
      if (current()?.result === replacement.result) set({ read });
    },
    async copyId() {
      const replacement = current();
      const created = replacement?.result?.qrCode;
      if (!created) return;
      const copied = await deps.copy(created.qrCodeId).then(
        () => true,
        () => false,
      );
      if (current()?.result === replacement?.result) set({ copied });
    },
    saveImage() {
      const code = latestNewCode(current());
      const name = imageFileName(code?.qrCodeId, code?.qrCodeBase64);
      if (name !== undefined && code?.qrCodeBase64) deps.saveImage(name, code.qrCodeBase64);
    },
    searchByName() {
      if (current()?.elsewhere) return;
      const name = current()?.request?.qrName;
      actions.close();
      if (name !== undefined) deps.search(name);
    },
    close() {
      if (current()?.stage !== 'sending') store.setState({ replacement: undefined });
    },
  };
  return Object.assign(store, { actions });
}

function isSame(one: ExistingReplacement | undefined, other: ExistingReplacement | undefined): boolean {
  return one?.attemptId === other?.attemptId && one?.qrCodeId === other?.qrCodeId;
}

/** Whether there is, or may be, a new code. */
export function mayExist({ outcome }: CreateResult): boolean {
  return outcome.kind === 'created' || outcome.kind === 'unconfirmed';
}

/** The new code as it was told last: by a read since, else by the answer that created it. */
export function latestNewCode(replacement: Replacement | undefined) {
  const created = replacement?.result?.qrCode;
  const read = replacement?.read;
  if (!created || typeof read !== 'object' || read.kind !== 'answered') return created;
  return { ...read.payload, qrCodeId: created.qrCodeId };
}
