import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS, type DialectName } from '../../../sandbox/dialects.ts';
import type { Response } from '../../../utils/messaging/protocol.ts';
import { until } from '../../harness/until.ts';
import { readLastJob } from '../support/bulk-journal.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import {
  cancel,
  check,
  connection,
  type Journey,
  list,
  putCode,
  search,
} from '../support/dialect-journeys.ts';
import { SecretSearch } from '../support/secret-search.ts';
import { tell } from '../support/tell.ts';

const NAMES = Object.keys(DIALECTS) as DialectName[];
const JOURNEYS = { connection, check, cancel, list, search };
const TABLE = 'docs/dialects.md';
const INTRODUCTION = `# Dialects of the gateway

A dialect is a way in which the gateway, or an intermediary before it, differs from EnKash's documentation. This table shows
what the extension reports in Chromium under each dialect. The test \`tests/e2e/chromium/dialects.test.ts\` writes the table if \`DIALECTS_TABLE=write\` is set. It
compares every report with the sandbox's log and fails if a report is false. \`npm run sandbox -- --dialect NAME\` starts the
sandbox with a dialect; \`--dialect list\` describes all dialects.

- *connection*: \`Check connection\`, with its steps sign-in, one QR code and search.
- *check*: \`Check status\` of an active code.
- *cancel*: a confirmed cancel of an active code.
- *list*: a bulk cancel of 30 active codes. If the job pauses, the test removes the dialect and resumes the job.
- *search*: a search for all codes.
`;
/** More than one page of a search. */
const CODES = 1_200;

let digits = 0;
/** Makes unique ids with this number of digits. */
const ofDigits = (length: number) => () => {
  digits += 1;
  return String(10n ** BigInt(length - 1) + BigInt(digits));
};
const DIGIT_IDS: Partial<Record<DialectName, () => string>> = {
  'id-number': ofDigits(12),
  'id-long-number': ofDigits(19),
};

let kit: ChromiumFixture;
let page: Page;
let accountId: string;
const rows = new Map<string, Record<string, string>>();

beforeAll(async () => {
  kit = await openChromiumFixture({ account: false });
  page = await kit.chromium.openPage('options.html');
});
afterAll(() => kit?.close());

/** Saves the account again, which discards the session, with keys that every encoding changes. */
async function enterKeys(): Promise<void> {
  const lastJob = await readLastJob(page);
  // If a journey failed, its job may still be open and would block the next one.
  if (lastJob?.openFlag) await tell(page, 'stopJob', { jobId: lastJob.jobId });
  const { accessKey, secretKey } = kit.sandbox.merchants.UAT.keysWithSigns;
  const draft = { name: 'Main counter', environment: 'UAT', colour: 'blue', authMethod: 'secret-key' };
  const request = { ...draft, ...(accountId ? { id: accountId } : {}), accessKey, secret: secretKey };
  const saved = await until('the account to be saved', async () => {
    const answer = (await tell(page, 'saveAccount', request)) as Response<'saveAccount'> | null;
    return answer?.ok ? answer : undefined;
  });
  accountId = saved.account.id;
}

describe.each(NAMES)('%s', (name) => {
  // Remove the codes of earlier dialects, so that the search stays short.
  beforeAll(() => {
    kit.sandbox.qrCodes.reset();
    kit.sandbox.requests.clear();
    for (let count = 0; count < CODES; count += 1) putCode({ kit });
  });

  it.each(Object.keys(JOURNEYS) as (keyof typeof JOURNEYS)[])('%s reports nothing false', async (journey) => {
    await enterKeys();
    kit.sandbox.issueTokens.expire();
    const untrue: string[] = [];
    const context: Journey = {
      kit,
      page,
      accountId,
      newId: DIGIT_IDS[name],
      untrue: (report) => untrue.push(report),
    };
    if (name.startsWith('stale') || name === 'token-503-after-117')
      await check({ ...context, untrue: () => undefined });
    kit.sandbox.issueTokens.expire();
    kit.sandbox.dialects.use(name);
    try {
      const result = await JOURNEYS[journey](context);
      rows.set(name, { ...rows.get(name), [journey]: result });
    } finally {
      kit.sandbox.dialects.clear();
    }
    expect(untrue).toEqual([]);
  });
});

it('no echoed secret is stored, shown or notified', async () => {
  const { keysWithSigns } = kit.sandbox.merchants.UAT;
  const secrets = new SecretSearch({ ...keysWithSigns });
  const attempts = await tell(page, 'getRecentAttempts', { limit: 1_000 });
  expect(secrets.find(JSON.stringify(attempts))).toEqual([]);
  expect(secrets.find(JSON.stringify(kit.chromium.notifications.all))).toEqual([]);
});

it('docs/dialects.md has the result of each journey (DIALECTS_TABLE=write writes it)', () => {
  const journeys = Object.keys(JOURNEYS);
  if (process.env.DIALECTS_TABLE === 'write') {
    const lines = [...rows].map(([name, cells]) => [
      `\`${name}\``,
      ...journeys.map((each) => cells[each] ?? ''),
    ]);
    const head = ['dialect', ...journeys];
    const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
    writeFileSync(TABLE, `${INTRODUCTION}\n${table.join('\n')}\n`);
  }
  const written = readFileSync(TABLE, 'utf8').matchAll(/^\| `([^`]+)` \|((?: [^|]+ \|)+)$/gm);
  const cells = new Map([...written].map(([, name, row = '']) => [name, row.split(' |').length - 1]));
  expect(cells).toEqual(new Map(NAMES.map((name) => [name, journeys.length])));
});
