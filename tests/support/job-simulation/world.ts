import { IDBFactory } from 'fake-indexeddb';
import type { JobController } from '../../../utils/bulk/job-controller.ts';
import { createJobReader } from '../../../utils/bulk/job-reader.ts';
import type { JobScheduler } from '../../../utils/bulk/job-scheduler.ts';
import { createJobStore, type JobStore } from '../../../utils/bulk/job-store.ts';
import { openJournal } from '../../../utils/journal/database.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import type { Scenario } from './scenario.ts';

/** One life of the background worker. */
export interface WorkerLife {
  dead: boolean;
}

/** Makes the state of one run: the disk, the machine, and the records that the rules compare. */
export function createWorld(scenario: Scenario) {
  globalThis.indexedDB = new IDBFactory();
  const clock = createVirtualClock();
  const journal = openJournal();
  const broken: string[] = [];
  const reader = createJobReader(() => journal);
  const world = {
    scenario,
    clock,
    journal,
    jobs: createJobStore(() => journal, clock),
    reader: {
      ...reader,
      // The clock stands still during this read, which takes several steps.
      latest: () => onDisk(world, reader.latest),
    },
    ids: Array.from({ length: scenario.codes }, (_, index) => `QR${1000 + index}`),
    /** The codes that the gateway has cancelled. */
    cancelled: new Set<string>(),
    /** By id: the number of cancels that reached the gateway. */
    patches: new Map<string, number>(),
    /** Codes that a cancel may have changed since their last read. */
    unverifiedCodes: new Set<string>(),
    /** By position: the final state of an item, as JSON. */
    finals: new Map<number, string>(),
    /** By id: the time before which no cancel may be sent. */
    notBefore: new Map<string, number>(),
    /** By id: when a read found the code ACTIVE last (epoch ms). */
    activeAt: new Map<string, number>(),
    /** Calls to the gateway under way. */
    calls: 0,
    /** Operations on the disk under way. The clock stands still in the meantime. */
    diskOperations: 0,
    /** Awaits so far, at each of which the worker can be killed. */
    awaits: 0,
    /** Whether a cancel may be sent: not after a pause, an end or a restart. */
    mayPatch: true,
    clockWasSet: false,
    resumes: 0,
    alarmSet: false,
    locked: false,
    online: true,
    quotaFull: false,
    browserSession: 1,
    /** The worker that runs now, and its controller. */
    worker: { dead: false } as WorkerLife,
    controller: undefined as JobController | undefined,
    workerJobs: undefined as JobStore | undefined,
    scheduler: undefined as JobScheduler | undefined,
    /** The rules that were broken, each once. */
    broken,
    /** Records a broken rule, unless it holds. */
    rule(holds: boolean, violation: string): void {
      if (!holds && !broken.includes(violation)) broken.push(violation);
    },
  };
  return world;
}

export type World = ReturnType<typeof createWorld>;

/** Counts a call as an operation on the disk while it runs. */
export async function onDisk<Result>(
  world: { diskOperations: number },
  call: () => Promise<Result>,
): Promise<Result> {
  world.diskOperations += 1;
  try {
    return await call();
  } finally {
    world.diskOperations -= 1;
  }
}
