import { t } from '../i18n/i18n.ts';
import { isFinalJob } from '../model/job.ts';
import { sourceText, type TextInput } from '../qr-code-id/list-sources.ts';
import { itemsOfKind } from './bulk-job.ts';
import type { ListSlice } from './bulk-list.ts';
import type { ReviewSlice } from './bulk-review.ts';
import type { BulkActions, BulkContext, BulkPageActions, RetriedKind } from './bulk-state.ts';

type IncomingActions = Pick<BulkActions, 'setText' | 'retry'> &
  Pick<BulkPageActions, 'loadList' | 'reportLostList'>;

/** The other slices that a new list changes. */
interface IncomingContext extends Pick<BulkContext, 'get' | 'set'> {
  list: ListSlice;
  review: ReviewSlice;
  forgetFiles(): void;
  startNewList(): void;
}

/** New lists: typed, from another page, or from the report of a job. */
export function createIncomingSlice(context: IncomingContext): IncomingActions {
  const { get, set, list } = context;
  return {
    setText(text) {
      list.setText(text);
      // The files are in the text already, and the text has changed: their problems and a waiting review are out of date.
      set({ files: { ...get().files, awaited: false, problems: [] } });
    },
    loadList: (from) => loadList(context, from),
    reportLostList: () => set({ error: t('listLost') }),
    retry: (kind) => retry(context, kind),
  };
}

async function loadList(context: IncomingContext, from: TextInput): Promise<void> {
  const { get, list, review } = context;
  const { job } = get();
  const text = sourceText(from);
  context.forgetFiles();
  list.stash(text);
  if (job && !isFinalJob(job.job.state)) return list.setText(text, from);
  context.startNewList();
  list.setText(text, from);
  await review.actions.review();
}

async function retry(context: IncomingContext, kind: RetriedKind): Promise<void> {
  const { get, list, review } = context;
  const { job } = get();
  if (!job) return;
  const ids = itemsOfKind(get(), kind).map(({ qrCodeId }) => qrCodeId);
  context.startNewList();
  context.forgetFiles();
  list.stash(ids.join('\n'));
  list.setText(ids.join('\n'), { ids });
  // The account of the job, even if another one is current.
  await review.reviewWith(job.job.account);
}
