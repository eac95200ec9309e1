import { createChainVerifier } from '../../../utils/journal/hash-chain.ts';
import { createHistoryStore } from '../../../utils/journal/history-store.ts';
import type { HistoryRow } from '../../../utils/model/history-row.ts';
import { type Item, isFinalItem } from '../../../utils/model/job-item.ts';
import { onDisk, type World } from './world.ts';

/** Checks a cancel that reaches the gateway against the journal. */
export async function checkArrivingCancel(world: World, id: string): Promise<void> {
  const { rule, reader, patches } = world;
  const sender = world.worker;
  rule(world.ids.includes(id), 'I6: a cancel outside the list');
  rule(world.mayPatch, 'I6: a cancel after an acknowledged pause or end, or before Resume after a restart');
  rule(!world.unverifiedCodes.has(id), 'a cancel is sent again without a read in between');
  const { job, item } = await onDisk(world, async () => {
    const latest = await reader.latest();
    const items = await reader.items(latest?.jobId ?? 0);
    return { job: latest, item: items.find(({ qrCodeId }) => qrCodeId === id) };
  });
  // If the worker has changed, the journal may already be the next worker's.
  if (sender.dead || sender !== world.worker) return;
  rule(job?.state.kind === 'running', `I6: a cancel while the job is ${job?.state.kind}`);
  rule(item?.open === 'in-flight', `I2: a cancel of an item that is ${item?.state.kind} on disk`);
  rule((patches.get(id) ?? 0) <= (item?.sendings ?? 0), 'I2: more cancels than are written down');
}

/** Checks the items on disk, and returns them. */
export async function checkItems({ reader, rule, notBefore, finals }: World): Promise<Item[]> {
  const job = await reader.latest();
  const items = job ? await reader.items(job.jobId) : [];
  const isUnderWay = items.some((item) => item.state.kind === 'in-flight');
  rule(job?.state.kind === 'running' || !isUnderWay, 'I6: stopped with codes under way');
  for (const { position, qrCodeId, state } of items) {
    notBefore.set(
      qrCodeId,
      state.kind === 'retry-scheduled' ? state.retryAt : (notBefore.get(qrCodeId) ?? 0),
    );
    const known = finals.get(position);
    const now = JSON.stringify(state);
    rule(known === undefined || known === now, 'I8: a final state that changed');
    if (isFinalItem(state)) finals.set(position, now);
  }
  return items;
}

/** Checks the result of the job and its history, and returns the items. */
export async function checkResult(world: World): Promise<Item[]> {
  const { rule, reader } = world;
  const job = await reader.latest();
  const items = await checkItems(world);
  rule((await (await world.journal).count('jobs')) === 1, 'a job that was not confirmed is left');
  const rows = await readHistory(world);
  rule(items.map(({ qrCodeId }) => qrCodeId).join() === world.ids.join(), 'I1: ids were lost or added');
  for (const item of items) checkFinalState(world, item);
  const isAnyPending = items.some(({ state }) => state.kind === 'pending');
  rule(job?.state.kind !== 'finished' || !isAnyPending, 'I7: finished with codes not started');
  const settled = items.filter(({ state }) => isFinalItem(state));
  const isInHistory = ({ qrCodeId, state }: Item) =>
    rows.some(
      (row) =>
        row.action === 'cancel' &&
        row.qrCodeId === qrCodeId &&
        JSON.stringify(row.outcome) === JSON.stringify(state),
    );
  rule(rows.length === settled.length && settled.every(isInHistory), 'I8: the history differs from the job');
  return items;
}

/** Reads all rows of the history, verifies their chain, and closes the journal. */
async function readHistory({ journal, rule }: World): Promise<HistoryRow[]> {
  const history = createHistoryStore(() => journal);
  const { ends } = await history.loadBounds();
  const rows = await history.rows(0, ends.row);
  const chain = createChainVerifier(ends);
  chain.verify(rows);
  rule(chain.finish().length === 0, 'I8: the chain of the history is broken');
  (await journal).close();
  return rows;
}

function checkFinalState({ rule, patches, cancelled }: World, { qrCodeId, state, sendings }: Item): void {
  const { kind } = state;
  const sent = patches.get(qrCodeId) ?? 0;
  rule(sent <= sendings, 'I2: more cancels than are written down');
  const isReportedCancelled = kind === 'cancelled' || kind === 'already-cancelled';
  rule(!isReportedCancelled || cancelled.has(qrCodeId), 'I3: reported as cancelled, but is active');
  rule(kind !== 'pending' || sent === 0, 'I4: reported as not started, but was sent');
  const isReportedActive = kind === 'rejected' || kind === 'not-found' || kind === 'not-sent';
  rule(!isReportedActive || !cancelled.has(qrCodeId), `I4: ${kind}, but cancelled`);
  rule(isFinalItem(state) || kind === 'pending', `I7: left as ${kind}`);
}
