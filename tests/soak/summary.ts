import type { Evidence } from './evidence.ts';

/** The counts of a soak to print. */
export function summarize({ items, requests, stills, job, kills, exchanges }: Evidence) {
  const kinds = Object.groupBy(items, ({ state }) => state.kind);
  const ofOperation = (name: string) => requests.filter(({ operation }) => operation === name);
  const killedDuringRequests = kills.filter((kill) =>
    exchanges.some(({ from, to = kill.to }) => from <= kill.to && to >= kill.from),
  );
  return {
    requests: requests.length,
    patches: ofOperation('cancel').length,
    killedDuringRequests: killedDuringRequests.length,
    unanswered: requests.filter(({ answeredStatus }) => answeredStatus === undefined).length,
    tokens: ofOperation('token').length,
    stills: stills.length,
    runners: job.epoch,
    kinds: Object.fromEntries(Object.entries(kinds).map(([kind, some]) => [kind, some?.length])),
  };
}
