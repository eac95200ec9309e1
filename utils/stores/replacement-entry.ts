import type { QrCode } from '../enkash/qr-code.ts';
import {
  type FormProblem,
  formFromQrCode,
  type ParamField,
  parseForm,
  type ReplacementForm,
} from '../qr-code/replacement-form.ts';
import {
  mayExist,
  type Replacement,
  type ReplacementActions,
  type ReplacementContext,
} from './replacement-state.ts';

type EntryActions = Pick<
  ReplacementActions,
  'begin' | 'lookAgain' | 'change' | 'changeParam' | 'addParam' | 'removeParam' | 'ask' | 'backToForm'
>;

/** The word that the operator types before a create in LIVE. */
const CONFIRMATION_PHRASE = 'CREATE';

/** The form of a replacement, up to its confirmation. */
export function createEntrySlice(context: ReplacementContext): EntryActions {
  const { get } = context;
  return {
    begin: (account, replaces, code) => begin(context, account, replaces, code),
    async lookAgain() {
      // An open confirmation does not change while it is read. Confirming it looks again.
      if (get()?.stage === 'form') await checkForExisting(context);
    },
    change: (change) => changeForm(context, change),
    changeParam: (index, change) =>
      changeParams(context, (params) =>
        params.map((param, at) => (at === index ? { ...param, ...change } : param)),
      ),
    addParam: () => changeParams(context, (params) => [...params, { name: '', value: '' }]),
    removeParam: (index) => changeParams(context, (params) => params.filter((_, at) => at !== index)),
    ask: (isExpiryUnfinished = false) => ask(context, isExpiryUnfinished),
    backToForm: () => backToForm(context),
  };
}

function begin(
  context: ReplacementContext,
  { id, name, environment }: Replacement['account'],
  replaces: string,
  code: QrCode,
): void {
  const form = formFromQrCode(code);
  const read = parseForm(form, context.clock.now(), form.expiry);
  context.replace({
    account: { id, name, environment },
    replaces,
    givenExpiry: form.expiry,
    form,
    // Values of the cancelled code that are invalid show at once; missing ones show after `ask`.
    problems: read.ok ? [] : read.problems.filter(({ code: why }) => why !== 'required'),
    stage: 'form',
    typed: '',
  });
  void checkForExisting(context);
}

/**
 * Finds an earlier create for the same code. If the journal can't be read, none is found; the background can't record
 * this create either, and sends nothing.
 */
export async function checkForExisting({ earlier, get, set }: ReplacementContext): Promise<void> {
  const { account, replaces } = get() ?? {};
  if (!account || replaces === undefined) return;
  const existing = await earlier(account, replaces).catch(() => undefined);
  const now = get();
  if (existing && now?.account.id === account.id && now.replaces === replaces) set({ before: existing });
}

function changeForm({ get, set }: ReplacementContext, change: Partial<ReplacementForm>): void {
  const replacement = get();
  if (replacement?.stage !== 'form') return;
  const changed = Object.keys(change);
  // Problems of the other fields stay until the next `ask`.
  const problems = replacement.problems.filter(({ field }) => !changed.includes(field));
  set({ form: { ...replacement.form, ...change }, problems });
}

function changeParams(
  context: ReplacementContext,
  edit: (params: ReplacementForm['params']) => ParamField[],
): void {
  const params = context.get()?.form.params;
  if (params) changeForm(context, { params: edit(params) });
}

function ask(context: ReplacementContext, isExpiryUnfinished: boolean): void {
  const { get, set, clock } = context;
  const replacement = get();
  if (replacement?.stage !== 'form') return;
  const { form, givenExpiry, account } = replacement;
  const read = parseForm(form, clock.now(), givenExpiry);
  const unfinished: FormProblem[] = isExpiryUnfinished ? [{ field: 'expiry', code: 'not-a-time' }] : [];
  if (!read.ok || isExpiryUnfinished) {
    set({ problems: read.ok ? unfinished : [...read.problems, ...unfinished] });
    return;
  }
  const word = account.environment === 'LIVE' ? CONFIRMATION_PHRASE : undefined;
  set({ problems: [], stage: 'asking', request: read.requested, word, typed: '' });
  void checkForExisting(context);
}

function backToForm({ get, set }: ReplacementContext): void {
  const replacement = get();
  const result = replacement?.result;
  if (replacement?.stage === 'asking' || (replacement?.stage === 'ended' && result && !mayExist(result)))
    set({ stage: 'form' });
}
