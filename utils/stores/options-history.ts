import { countOlder, readAll } from '../history/history-reader.ts';
import { t } from '../i18n/i18n.ts';
import { CSV_FILE, historyCsv } from '../wording/history-export.ts';
import type { KeepHistoryDays, OptionsActions, OptionsContext } from './options-state.ts';
import { failure, runExclusive, runJournalTask, success } from './options-tasks.ts';

const DAY_MS = 86_400_000;

/** The history: its export, and how long it is kept. */
export function createHistorySlice(
  context: OptionsContext,
): Pick<OptionsActions, 'exportHistory' | 'keepHistory'> {
  const { journal, clock, download } = context;
  return {
    exportHistory: () =>
      runJournalTask(context, async () => {
        download(CSV_FILE, 'text/csv', await historyCsv(await readAll(journal), clock));
      }),
    keepHistory: (days) => keepHistory(context, days),
  };
}

async function keepHistory(context: OptionsContext, days: KeepHistoryDays): Promise<void> {
  const { journal, clock, get, set } = context;
  const current = get().page?.settings.historyRetentionDays ?? null;
  if (days === null || (current !== null && days > current))
    return runExclusive(context, 'saving', () => changeRetention(context, days));
  await runJournalTask(context, async () => {
    const count = await countOlder(journal, clock.now() - days * DAY_MS, clock.now());
    set({ confirmation: { about: 'retention', days, count } });
  });
}

/** Changes the setting, and reports whether the background has taken it. It refuses while the keys are locked. */
export async function changeRetention(
  { send, set, load }: OptionsContext,
  days: KeepHistoryDays,
): Promise<void> {
  const settings = await send('updateSettings', { historyRetentionDays: days });
  // Reported once the page shows it.
  await load();
  if (settings.historyRetentionDays !== days) set({ report: failure([], t('retentionRefused')) });
  else set({ report: success(days === null ? t('retentionAll') : t('retentionChanged', String(days))) });
}
