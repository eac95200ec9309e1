import { t } from '../i18n/i18n.ts';
import { parseInput } from '../qr-code-id/parse-entry.ts';
import { idProblemText } from '../wording/id-problem.ts';
import { runCheck, type ShownCheck } from './connection-check.ts';
import { EMPTY_DRAFT, NOTHING_CHECKED, type OptionsActions, type OptionsContext } from './options-state.ts';
import { runExclusive, success } from './options-tasks.ts';

type AccountFormActions = Pick<
  OptionsActions,
  'edit' | 'newDraft' | 'changeDraft' | 'save' | 'setCodeToTry' | 'checkConnection'
>;

/** The account form: its draft, and the check of its connection. A saved draft is cleared, with its keys. */
export function createAccountFormSlice(context: OptionsContext): AccountFormActions {
  const { get, set } = context;
  return {
    edit({ id, name, environment, authMethod, colour = EMPTY_DRAFT.colour }) {
      const draft = { ...EMPTY_DRAFT, id, name, environment, authMethod, colour };
      set({ draft, ...NOTHING_CHECKED, problems: [], report: undefined });
    },
    newDraft: () => set({ draft: EMPTY_DRAFT, ...NOTHING_CHECKED, problems: [], report: undefined }),
    changeDraft: (change) => set({ draft: { ...get().draft, ...change }, check: undefined, problems: [] }),
    save: () => runExclusive(context, 'saving', () => save(context)),
    setCodeToTry: (text) => set({ codeToTry: { text }, check: undefined }),
    checkConnection: () => checkConnection(context),
  };
}

async function save({ send, get, set, load }: OptionsContext): Promise<void> {
  const saved = await send('saveAccount', get().draft);
  if (!saved.ok) return set({ problems: saved.problems });
  set({ draft: EMPTY_DRAFT, ...NOTHING_CHECKED, report: success(t('accountSaved', saved.account.name)) });
  await load();
}

async function checkConnection(context: OptionsContext): Promise<void> {
  const { send, watchCheck, noteTested, get, set } = context;
  const { draft, codeToTry } = get();
  const { qrCodeId, error } = idToTry(codeToTry.text);
  if (error !== undefined) return set({ codeToTry: { ...codeToTry, error } });
  // A draft that has changed in the meantime is another connection.
  const isCurrent = () => get().draft === draft;
  await runExclusive(context, 'checking', async () => {
    set({ codeToTry: { text: qrCodeId ?? '' } });
    const show = (check: ShownCheck) => isCurrent() && set({ check });
    const { works, problems } = await runCheck({ send, watch: watchCheck, draft, qrCodeId, show });
    if (isCurrent() && problems.length > 0) set({ problems, check: undefined });
    if (works) await noteTested();
  });
}

/** The id for the check; nothing if the text is empty, or the error if the text does not hold exactly one id. */
function idToTry(text: string): { qrCodeId?: string; error?: string } {
  if (text.trim() === '') return {};
  const entry = parseInput(text);
  if (entry.kind === 'one') return { qrCodeId: entry.qrCodeId };
  return { error: entry.kind === 'several' ? t('tryOneOnly') : idProblemText(entry.problem) };
}
