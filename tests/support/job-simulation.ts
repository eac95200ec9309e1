import type { AccountRef } from '../../utils/model/account.ts';
import { isFinalJob } from '../../utils/model/job.ts';
import { createSimulatedClient } from './job-simulation/gateway.ts';
import { simulateOperator } from './job-simulation/operator.ts';
import { startByPage } from './job-simulation/page.ts';
import { checkResult } from './job-simulation/rules.ts';
import type { Scenario } from './job-simulation/scenario.ts';
import { startWorker } from './job-simulation/worker.ts';
import { createWorld, onDisk, type World } from './job-simulation/world.ts';

const ACCOUNT: AccountRef = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' };
const LOOK_EVERY_MS = 500;

/** Runs a job through a scenario, and returns its result with every rule that was broken on the way. */
export async function runScenario(scenario: Scenario) {
  const world = createWorld(scenario);
  const { clock, jobs, ids, broken, patches } = world;
  const create = async () => {
    const planned = { at: clock.now() + (scenario.dueAfter ?? 0), wall: '2030-01-01T00:00', zone: 'UTC' };
    const { jobId } = await jobs.create(
      ACCOUNT,
      ids.map((qrCodeId) => ({ qrCodeId })),
      'session 1',
      scenario.planned ? { planned } : {},
    );
    if (scenario.dueAfter === undefined)
      await jobs.changeWaiting(jobId, 'session 1', () => ({ kind: 'running' }));
  };
  if (scenario.parts === undefined) await onDisk(world, create);
  const client = createSimulatedClient(world);
  const start = () => startWorker(world, client);
  start();
  if (scenario.parts !== undefined) void startByPage(world, ACCOUNT, scenario.parts);
  void simulateOperator(world, start);
  let isOver = false;
  void untilOver(world).then(() => {
    isOver = true;
  });
  try {
    await clock.run(
      () => isOver,
      () => world.diskOperations > 0,
    );
  } catch (error) {
    broken.push(`I7: ${error instanceof Error ? error.message : error}`);
  }
  const items = await checkResult(world);
  const count = (kind: string) => items.filter(({ state }) => state.kind === kind).length;
  return { broken, patches, awaits: world.awaits, count };
}

async function untilOver({ clock, reader }: World): Promise<void> {
  for (;;) {
    await clock.sleep(LOOK_EVERY_MS);
    const job = await reader.latest();
    if (job && isFinalJob(job.state)) return;
  }
}
