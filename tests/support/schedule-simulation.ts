import { isFinalJob, type Job, noticeOf } from '../../utils/model/job.ts';
import { planEvents } from './schedule-simulation/events.ts';
import { startBrowser, wakeWorker } from './schedule-simulation/worker.ts';
import {
  createScheduleWorld,
  type ScheduleScenario,
  type ScheduleWorld,
} from './schedule-simulation/world.ts';

/** Longer than every planned time of a scenario, with the clock set back and another zone. */
const REST_MS = 20 * 3_600_000;
const MINUTE_MS = 60_000;

/** Runs planned jobs through a scenario, and returns them with every rule that was broken on the way. */
export async function runSchedule(scenario: ScheduleScenario) {
  const world = createScheduleWorld(scenario);
  startBrowser(world);
  let isOver = false;
  void live(world).then(() => {
    isOver = true;
  });
  await world.clock.run(
    () => isOver,
    () => false,
  );
  checkEnd(world);
  const { broken, awaits, sent, told, firstSentAt, confirmedAt } = world;
  return { broken, awaits, sent, told, firstSentAt, confirmedAt, jobs: [...world.disk.values()] };
}

/** Plays the events. After that, everything works again, and time passes until nothing is left to happen. */
async function live(world: ScheduleWorld): Promise<void> {
  await planEvents(world);
  world.locked = false;
  world.scenarioIsOver = true;
  if (!world.open) startBrowser(world);
  else void wakeWorker(world)?.onUnlocked();
  const until = world.clock.monotonic() + REST_MS;
  do await world.clock.sleep(MINUTE_MS);
  while (world.clock.monotonic() < until && [...world.disk.values()].some(isUnsettled));
}

/** Whether something should still happen to a job without the operator, now that the keys are unlocked. */
function isUnsettled(job: Job): boolean {
  if (!job.planned || isFinalJob(job.state)) return false;
  if (job.state.kind === 'scheduled' && job.state.waitsFor !== 'other-job') return true;
  const notice = noticeOf(job);
  return notice === undefined || notice !== job.told;
}

function checkEnd({ disk, rule, told, sent, dropped }: ScheduleWorld): void {
  for (const job of disk.values()) {
    rule(!isUnsettled(job), `silently left as ${JSON.stringify(job.state)}, told ${job.told}`);
    const notice = noticeOf(job);
    if (notice !== undefined)
      rule(told.has(`${job.jobId} ${notice}`), `marked as told, but not told: ${notice}`);
    const count = (sent.get(job.jobId) ?? []).length;
    rule(job.state.kind !== 'finished' || count === job.total, 'finished with codes not sent');
    rule(!dropped.has(job.jobId) || count === 0, 'dropped, but sent');
  }
}
