import type { Page } from 'puppeteer-core';
import { connectionWorks, passed } from '../../../utils/accounts/connection-check.ts';
import type { Response } from '../../../utils/messaging/protocol.ts';
import { CHECK_STEPS } from '../../../utils/model/connection-check.ts';
import type { GatewayFailure } from '../../../utils/model/gateway-result.ts';
import type { JobState } from '../../../utils/model/job.ts';
import type { Item } from '../../../utils/model/job-item.ts';
import type { Outcome } from '../../../utils/model/outcome.ts';
import { clickRole } from '../../harness/act.ts';
import { until } from '../../harness/until.ts';
import { activeOf, freshId } from './bulk-codes.ts';
import { journalOf, readLastJob } from './bulk-journal.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';
import { tell } from './tell.ts';

/** One account in one browser with one dialect, and the false reports. */
export interface Journey {
  kit: ChromiumFixture;
  /** A page of the extension. */
  page: Page;
  accountId: string;
  /** Makes ids of the form that the dialect needs. */
  newId?: (() => string) | undefined;
  /** Records a false report. */
  untrue(report: string): void;
}

const LIST_LENGTH = 30;

/** The code's real status at the gateway; its responses may differ. */
function truth({ kit }: Journey, id: string): string | undefined {
  const status = kit.sandbox.qrCodes.get('UAT', id)?.status;
  return status === undefined ? undefined : String(status);
}

export function putCode({ kit, newId = freshId }: Pick<Journey, 'kit' | 'newId'>): string {
  const id = newId();
  kit.sandbox.qrCodes.put('UAT', { qrCodeId: id, qrName: `Stall ${id}`, amount: 250, status: 'ACTIVE' });
  return id;
}

/** `Check status` of an ACTIVE code. */
export async function check(journey: Journey): Promise<string> {
  const qrCodeId = putCode(journey);
  const request = { accountId: journey.accountId, qrCodeId, startedBy: 'popup' };
  const { result } = (await tell(journey.page, 'checkStatus', request)) as Response<'checkStatus'>;
  if (result.kind !== 'answered') {
    if (result.kind === 'not-found') journey.untrue('a check says not found of a code that is there');
    return `not read: ${why(result)}`;
  }
  const { status = 'no status', qrCodeId: told } = result.payload;
  if (told?.toLowerCase() !== qrCodeId.toLowerCase())
    journey.untrue(`a check of ${qrCodeId} told of ${told}`);
  if (status === 'CANCELLED') journey.untrue('a check says CANCELLED of an ACTIVE code');
  return status;
}

/** `Check connection` of the saved account, with the id of an ACTIVE code. */
export async function connection(journey: Journey): Promise<string> {
  const { kit, page, accountId } = journey;
  const qrCodeId = putCode(journey);
  const draft = { id: accountId, name: 'Main counter', environment: 'UAT', colour: 'blue' };
  const keys = { authMethod: 'secret-key', accessKey: '', secret: '' };
  kit.sandbox.requests.clear();
  const request = { draft: { ...draft, ...keys }, qrCodeId, checkId: 'dialects' };
  const answer = (await tell(page, 'checkConnection', request)) as Response<'checkConnection'>;
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  const reads = kit.sandbox.requests
    .all()
    .filter(({ operation }) => operation === 'get' || operation === 'search');
  const works = connectionWorks(answer.check);
  if (works && !reads.some(({ reachedGateway }) => reachedGateway))
    journey.untrue('the connection works, although no read reached EnKash');
  if (kit.patches().length > 0) journey.untrue('a connection check sent a cancel');
  const steps = CHECK_STEPS.map((step) => (passed(answer.check[step]) ? '✓' : '✗')).join('');
  return `${works ? 'works' : 'does not work'} ${steps}`;
}

/** The confirmed cancel of an ACTIVE code. */
export async function cancel(journey: Journey): Promise<string> {
  const qrCodeId = putCode(journey);
  const request = { accountId: journey.accountId, qrCodeId, startedBy: 'popup' };
  const { outcome } = (await tell(journey.page, 'cancelQrCode', request)) as Response<'cancelQrCode'>;
  judge(journey, qrCodeId, outcome);
  return outcomeInWords(outcome);
}

/** A bulk cancel. If it pauses, the dialect is removed and the job resumed, so that no code may be lost. */
export async function list(journey: Journey): Promise<string> {
  const { kit, page, accountId } = journey;
  const ids = Array.from({ length: LIST_LENGTH }, () => putCode(journey));
  const request = { accountId, codes: ids.map((qrCodeId) => ({ qrCodeId })) };
  const started = (await tell(page, 'startJob', request)) as Response<'startJob'>;
  if (!started.ok) throw new Error(`The list was not started: ${JSON.stringify(started)}`);
  const stopped = await until('the list to stop', () => stateOf(page, ['paused', 'finished']), {
    timeout: 60_000,
    interval: 100,
  });
  await judgeItems(journey);
  if (stopped.kind === 'finished') return countsInWords((await journalOf(page)).items);
  const pause: string = stopped.kind === 'paused' ? stopped.by : '';
  kit.sandbox.dialects.clear();
  const { job } = await journalOf(page);
  await tell(page, 'resumeJob', { jobId: job.jobId });
  await until('the list to finish', () => stateOf(page, ['finished']), {
    timeout: 60_000,
    interval: 100,
  }).catch(async (cause: Error) => {
    throw new Error(`${cause.message}: ${JSON.stringify((await journalOf(page)).job.state)}`);
  });
  await judgeItems(journey);
  const { items } = await journalOf(page);
  const lost = activeOf(kit, ids).length;
  if (pause !== 'refused' && lost > 0) journey.untrue(`${lost} codes were not cancelled after ${pause}`);
  return pause === 'refused'
    ? 'paused: refused'
    : `paused: ${pause}; resumed with a good gateway: ${countsInWords(items)}`;
}

/** A search for everything on the page. */
export async function search(journey: Journey): Promise<string> {
  const { kit } = journey;
  const page = await kit.chromium.openPage('workbench.html#search');
  try {
    await clickRole(page, 'button', 'Search QR codes');
    const text = await until('the search to end', () => searchSays(page), { timeout: 30_000, interval: 100 });
    const all = kit.sandbox.qrCodes.all('UAT').length;
    const [, count] = /^([\d,]+) QR codes? found\.$/.exec(text) ?? [];
    if (count !== undefined && Number(count.replaceAll(',', '')) !== all)
      journey.untrue(`a search tells ${count} of ${all} codes as all`);
    if (text === 'No QR code found.') journey.untrue('a search says that there is no code at all');
    return count === undefined ? text.replace(/[\d,]{2,}/, 'N') : 'all found';
  } finally {
    await page.close();
  }
}

/** The text of the search after its end: its summary, or that it has stopped. */
async function searchSays(page: Page): Promise<string | undefined> {
  const lines = await page.$$eval('[role=status], [role=alert]', (shown) =>
    shown.map((line) => (line as HTMLElement).innerText.replace(/\s+/g, ' ').trim()),
  );
  const stopped = lines.find((line) => line.includes('Searching has stopped'));
  return stopped ? 'stopped, and said so' : lines.find((line) => /found\.|there may be some/.test(line));
}

async function stateOf(page: Page, kinds: readonly JobState['kind'][]): Promise<JobState | undefined> {
  const job = await readLastJob(page);
  return job && kinds.includes(job.state.kind) ? job.state : undefined;
}

async function judgeItems(journey: Journey): Promise<void> {
  const { items } = await journalOf(journey.page);
  for (const { qrCodeId, state } of items) {
    if (!['pending', 'in-flight', 'unresolved', 'retry-scheduled'].includes(state.kind))
      judge(journey, qrCodeId, state as Outcome);
    else if (state.kind === 'pending' && patchesOf(journey, qrCodeId) > 0)
      journey.untrue(`${qrCodeId} counts as never sent, yet a cancel left`);
  }
}

/** Compares an outcome with the gateway's state. */
function judge(journey: Journey, id: string, outcome: Outcome): void {
  const now = truth(journey, id);
  const is = (status: string) =>
    now === status || journey.untrue(`${id} is ${now}, told as ${outcomeInWords(outcome)}`);
  switch (outcome.kind) {
    case 'cancelled':
    case 'already-cancelled':
      return void is('CANCELLED');
    case 'not-found':
      return void journey.untrue(`${id} is ${now}, told as not found`);
    case 'not-sent':
      if (patchesOf(journey, id) > 0) journey.untrue(`${id} is told as not sent, yet a cancel left`);
      return void is('ACTIVE');
    case 'rejected':
      return void is('ACTIVE');
    case 'unconfirmed':
      if (outcome.currentStatus === 'CANCELLED' && now !== 'CANCELLED') is('CANCELLED');
  }
}

function patchesOf({ kit }: Journey, id: string): number {
  return kit.patches(id).length;
}

function outcomeInWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'cancelled':
      return outcome.evidence === 'check' ? 'cancelled (by a check)' : 'cancelled';
    case 'rejected':
      return `rejected: ${outcome.cause ?? `code ${outcome.code}`}`;
    case 'not-sent':
      return `not sent: ${outcome.reason}`;
    case 'unconfirmed':
      return `not confirmed: ${outcome.reason}${outcome.httpStatus ? ` (HTTP ${outcome.httpStatus})` : ''}`;
    default:
      return outcome.kind;
  }
}

function why(failure: GatewayFailure): string {
  const reason = 'reason' in failure ? failure.reason : failure.kind;
  return 'httpStatus' in failure && failure.httpStatus ? `${reason} (HTTP ${failure.httpStatus})` : reason;
}

function countsInWords(items: readonly Item[]): string {
  const counts = Map.groupBy(items, ({ state }) => state.kind);
  // The numbers vary with the requests that were under way at the pause.
  return counts.size === 1
    ? [...counts].map(([kind, { length }]) => `${length} ${kind}`).join()
    : [...counts.keys()].sort().join(', ');
}
