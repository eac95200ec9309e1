import { expect } from 'vitest';
import type { TestAnswer } from '../../tests/fixtures/sandbox-client.ts';
import { type DialectCase, describeDialects } from './dialect-cases.ts';
import { LIMITS } from './limits.ts';

const MINUTE_MS = 60_000;
/** A tolerance for dates truncated to seconds and a slow machine. */
const LEEWAY_MS = 10_000;

/** Every third QR call is refused; `waitOf` reads the requested wait in milliseconds. */
function limited(
  seconds: number,
  form: RegExp,
  waitOf: (retryAfter: string, date: number) => number,
  skewMs = 0,
): DialectCase {
  return {
    options: { seconds },
    async check({ read, search, cancel, sandbox, id, last }) {
      const answers = [
        await read(),
        await search(),
        await cancel(),
        await cancel(),
        await read(),
        await read(),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200, 200, 429]);
      expect(sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
      expect(last()).toMatchObject({ answeredStatus: 429, reachedGateway: false, carriedOut: false });
      const { headers, json } = answers[2] as TestAnswer;
      expect(json).toMatchObject({ response_code: 429 });
      const retryAfter = String(headers['retry-after']);
      expect(retryAfter).toMatch(form);
      const date = Date.parse(String(headers.date));
      expect(waitOf(retryAfter, date)).toBe(seconds * 1000);
      expect(Math.abs(date - (Date.now() + skewMs))).toBeLessThan(LEEWAY_MS);
    },
  };
}

const inSeconds = (retryAfter: string): number => Number(retryAfter) * 1000;
const asDate = (retryAfter: string, date: number): number => Date.parse(retryAfter) - date;
/** A year with two digits is in this century. A time without a zone is in UTC. */
const asRfc850 = (retryAfter: string, date: number): number =>
  asDate(retryAfter.replace(/-(\d\d) /, ' 20$1 ').replace('-', ' '), date);
const asAsctime = (retryAfter: string, date: number): number => asDate(`${retryAfter} GMT`, date);

describeDialects(LIMITS, {
  'retry-after-seconds': limited(2, /^2$/, inSeconds),
  'retry-after-date-skew': limited(
    3,
    /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
    asDate,
    10 * MINUTE_MS,
  ),
  'retry-after-rfc850': limited(4, /^[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/, asRfc850),
  'retry-after-asctime': limited(5, /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/, asAsctime),
  'retry-after-doubled': limited(1, /^1, 1$/, (retryAfter) => inSeconds(retryAfter.split(', ')[1] ?? '')),
  'date-skew': {
    options: { skewMs: -20 * MINUTE_MS },
    async check({ read, signIn, client }) {
      for (const { headers } of [await read(), await signIn(), await client.send('GET', '/nowhere')]) {
        const behind = Date.now() - Date.parse(String(headers.date));
        expect(Math.abs(behind - 20 * MINUTE_MS)).toBeLessThan(LEEWAY_MS);
      }
    },
  },
});
