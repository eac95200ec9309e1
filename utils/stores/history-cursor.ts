import { groupOf, type HistoryListItem } from '../history/group-by-job.ts';
import { toggleJob } from './history-lines.ts';
import type { HistoryActions, HistoryContext } from './history-state.ts';

/** The keyboard cursor of the table, and the line whose details are open. */
export function createCursorSlice(
  context: HistoryContext,
): Pick<HistoryActions, 'activate' | 'move' | 'setJobExpanded' | 'close'> {
  const { set } = context;
  return {
    activate(shown) {
      set({ cursor: shown.key });
      if (shown.kind === 'job') toggleJob(context, shown.jobId);
      else if (shown.kind !== 'planned') set({ details: shown });
    },
    move: (step) => move(context, step),
    setJobExpanded: (isExpanded) => setJobExpanded(context, isExpanded),
    close: () => set({ details: undefined }),
  };
}

function move(context: HistoryContext, step: number): void {
  const { shown } = context.get();
  const from = cursorIndex(context);
  const to = from < 0 && step > 0 && Number.isFinite(step) ? 0 : from + step;
  const next = shown[Math.max(0, Math.min(shown.length - 1, to))];
  if (next) context.set({ cursor: next.key });
}

/** Collapsing from a line of the job moves the cursor to the job's heading first. */
function setJobExpanded(context: HistoryContext, isExpanded: boolean): void {
  const { shown } = context.get();
  const current = shown[cursorIndex(context)];
  const jobId = jobOf(current);
  const heading = shown.find((each) => each.kind === 'job' && each.jobId === jobId);
  if (!current || heading?.kind !== 'job') return;
  if (current.kind === 'job') {
    if (heading.open !== isExpanded) toggleJob(context, heading.jobId);
  } else if (!isExpanded) context.set({ cursor: heading.key });
}

function cursorIndex({ get }: HistoryContext): number {
  const { shown, cursor } = get();
  return shown.findIndex(({ key }) => key === cursor);
}

function jobOf(shown: HistoryListItem | undefined): number | undefined {
  if (shown?.kind === 'job') return shown.jobId;
  return shown && groupOf(shown);
}
