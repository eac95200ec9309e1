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

What the shipping extension reports in Chromium if the gateway, or something before it, answers in another way than its
documentation says. The test \`tests/e2e/chromium/dialects.test.ts\` makes this table and holds every report against the
sandbox's log: nothing untrue is reported. \`npm run sandbox -- --dialect NAME\` shows one by hand; \`--dialect list\` describes all.

- *connection*: \`Check connection\`, with its steps sign-in, one QR code, search.
- *check*: \`Check status\` of an active code. *cancel*: a confirmed cancel of one.
- *list*: a bulk cancel of 30 active codes. If it pauses, the gateway is put right and the job resumed.
- *search*: a search for everything.
`;
/** More than one page of a search. */
const CODES = 1_200;

let digits = 0;
/** Ids of so many digits, each another one. */
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

/** Enters the account again, with keys that every way of writing changes, and forgets what was learnt of the gateway. */
async function enterKeys(): Promise<void> {
  const left = await readLastJob(page);
  // A journey that failed may have left its job open, which would stop the next one.
  if (left?.openFlag) await tell(page, 'stopJob', { jobId: left.jobId });
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
  // Without the codes of the dialects before it, a search reads no more than it has to.
  beforeAll(() => {
    kit.sandbox.qrCodes.reset();
    kit.sandbox.requests.clear();
    for (let count = 0; count < CODES; count += 1) putCode({ kit });
  });

  it.each(Object.keys(JOURNEYS) as (keyof typeof JOURNEYS)[])(
    '%s reports nothing untrue',
    async (journey) => {
      await enterKeys();
      kit.sandbox.issueTokens.expire();
      const untrue: string[] = [];
      const told: Journey = {
        kit,
        page,
        accountId,
        newId: DIGIT_IDS[name],
        untrue: (says) => untrue.push(says),
      };
      if (name.startsWith('stale') || name === 'token-503-after-117')
        await check({ ...told, untrue: () => undefined });
      kit.sandbox.issueTokens.expire();
      kit.sandbox.dialects.use(name);
      try {
        const result = await JOURNEYS[journey](told);
        rows.set(name, { ...rows.get(name), [journey]: result });
      } finally {
        kit.sandbox.dialects.clear();
      }
      expect(untrue).toEqual([]);
    },
  );
});

it('no secret that was echoed is kept, shown or notified', async () => {
  const { keysWithSigns } = kit.sandbox.merchants.UAT;
  const secrets = new SecretSearch({ ...keysWithSigns });
  const attempts = await tell(page, 'getRecentAttempts', { limit: 1_000 });
  expect(secrets.find(JSON.stringify(attempts))).toEqual([]);
  expect(secrets.find(JSON.stringify(kit.chromium.notifications.all))).toEqual([]);
});

it('docs/dialects.md has the outcome of each journey, and is written with DIALECTS_TABLE=write', () => {
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
