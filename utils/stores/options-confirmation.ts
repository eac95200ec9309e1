import { eraseReport, forgetReport, removalReport } from '../wording/removal.ts';
import { changeRetention } from './options-history.ts';
import { EMPTY_DRAFT, type OptionsActions, type OptionsContext, type OptionsState } from './options-state.ts';
import { runExclusive } from './options-tasks.ts';

/** The confirmation before something is deleted. */
export function createConfirmationSlice(context: OptionsContext): Pick<OptionsActions, 'ask' | 'confirm'> {
  const { get, set, load } = context;
  return {
    ask: (confirmation) => set({ confirmation }),
    async confirm() {
      const { confirmation } = get();
      set({ confirmation: undefined });
      await runExclusive(context, 'saving', async () => {
        await runConfirmed(context, confirmation);
        await load();
      });
    },
  };
}

async function runConfirmed(
  context: OptionsContext,
  confirmation: OptionsState['confirmation'],
): Promise<void> {
  const { send, set, clearJobMarker } = context;
  if (confirmation?.about === 'remove') {
    const removal = await send('removeAccount', { accountId: confirmation.account.id });
    set({ draft: EMPTY_DRAFT, report: removalReport(removal, confirmation.account.name) });
  } else if (confirmation?.about === 'erase') {
    const erased = await send('clearHistory', {});
    // A finished job was erased with the history, so it is not lost.
    if (erased.ok) await clearJobMarker();
    set({ report: eraseReport(erased) });
  } else if (confirmation?.about === 'retention') {
    await changeRetention(context, confirmation.days);
  } else if (confirmation?.about === 'forget') {
    const forgotten = await send('resetExtension', {});
    set({ draft: EMPTY_DRAFT, report: forgetReport(forgotten) });
  }
}
