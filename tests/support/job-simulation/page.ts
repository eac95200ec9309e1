import type { AccountRef } from '../../../utils/model/account.ts';
import type { PreparedPart } from '../../../utils/model/job.ts';
import type { World } from './world.ts';

/** Longer than a worker takes to answer, or to start again. */
const ANSWER_WITHIN_MS = 100;

/** Plays a page that writes its list in parts and confirms it. If the worker is stopped before that, it begins again. */
export async function startByPage(world: World, account: AccountRef, size: number): Promise<void> {
  world.mayPatch = false;
  do {
    // If the worker is stopped, this gets no answer.
    void startInParts(world, account, size).catch(() => undefined);
    await world.clock.sleep(ANSWER_WITHIN_MS);
  } while (!(await world.reader.latest()));
}

async function startInParts(world: World, account: AccountRef, size: number): Promise<void> {
  const { ids, controller, workerJobs } = world;
  const codes = ids.map((qrCodeId) => ({ qrCodeId }));
  let prepared: PreparedPart | undefined;
  let count = 0;
  for (; count + size < ids.length; count += size) {
    const part = { account, total: ids.length, codes: codes.slice(count, count + size), prepared };
    const jobId = await workerJobs?.prepare(part);
    prepared = { jobId: jobId ?? 0, count: count + size };
  }
  world.mayPatch = true;
  await controller?.start(account, codes.slice(count), { prepared });
}
