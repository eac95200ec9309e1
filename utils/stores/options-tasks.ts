import { t } from '../i18n/i18n.ts';
import { troubleOf } from '../journal/journal-trouble.ts';
import { journalText } from '../wording/journal.ts';
import type { Report } from '../wording/report.ts';
import type { OptionsContext, OptionsState } from './options-state.ts';

/** Runs a task that asks the background, unless another task runs. Reports it if there is no answer. */
export async function runExclusive(
  { get, set }: OptionsContext,
  busy: OptionsState['busy'],
  task: () => Promise<void>,
): Promise<void> {
  if (get().busy) return;
  set({ busy, report: undefined, check: undefined, problems: [] });
  try {
    await task();
  } catch {
    const title = busy === 'checking' ? t('connectionFailed') : t('notSaved', t('noAnswerFromBackground'));
    const sentences = busy === 'checking' ? [t('loadFailedText')] : [];
    set({ check: undefined, report: failure(sentences, title) });
  } finally {
    set({ busy: undefined });
  }
}

/** Runs a task that reads the journal, unless another task runs. Reports why the journal can't be read. */
export async function runJournalTask({ get, set }: OptionsContext, task: () => Promise<void>): Promise<void> {
  if (get().busy) return;
  set({ busy: 'reading', report: undefined });
  try {
    await task();
  } catch (error) {
    set({ report: failure([], journalText(troubleOf(error))) });
  } finally {
    set({ busy: undefined });
  }
}

export function success(title: string): Report {
  return { tone: 'success', title, sentences: [] };
}

export function failure(sentences: string[], title: string): Report {
  return { tone: 'danger', title, sentences };
}
