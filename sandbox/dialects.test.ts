import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestClient } from '../tests/fixtures/sandbox-client.ts';
import { DIALECTS, type DialectName } from './dialects.ts';
import { type Sandbox, startSandbox } from './server.ts';
import { usageText } from './usage.ts';

describe('dialects', () => {
  let sandbox: Sandbox;
  let client: TestClient;
  let headers: Record<string, string>;
  let id: string;
  const get = (which = id) => client.send('GET', `/api/v0/qr-code/${which}`, { headers });
  const statuses = async (count: number) => {
    const statuses: number[] = [];
    while (statuses.length < count) statuses.push((await get()).status);
    return statuses;
  };

  beforeEach(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox, 'HTTP/2');
    headers = await client.signIn();
    id = sandbox.qrCodes.all('UAT')[0]?.qrCodeId ?? '';
  });
  afterEach(async () => {
    await client.close();
    await sandbox.close();
  });

  it('apply until cleared by name, all at once, or by a reset', async () => {
    for (const end of [
      () => sandbox.dialects.clear('proxy-404-html'),
      () => sandbox.dialects.clear(),
      () => sandbox.reset(),
    ]) {
      sandbox.dialects.use('proxy-404-html');
      expect(await statuses(3)).toEqual([404, 404, 404]);
      end();
      expect(sandbox.dialects.list()).toEqual([]);
      expect(await statuses(1)).toEqual([200]);
    }
  });

  it('apply only to the operations and the code in their options', async () => {
    const other = sandbox.qrCodes.all('UAT')[1]?.qrCodeId ?? '';
    sandbox.dialects.use('proxy-404-html', { on: ['get', 'token'], qrCodeId: other });
    expect([(await get()).status, (await get(other)).status]).toEqual([200, 404]);
    expect((await client.cancel(other, headers)).status).toBe(200);
    sandbox.dialects.use('proxy-404-html', { on: ['token'] });
    expect((await get(other)).status).toBe(200);
    expect((await client.send('POST', '/api/v0/merchant/token', { body: {} })).status).toBe(404);
  });

  it('pass the first requests on, then apply to each n-th one', async () => {
    sandbox.dialects.use('proxy-404-html', { after: 2 });
    expect(await statuses(4)).toEqual([200, 200, 404, 404]);
    sandbox.dialects.use('proxy-404-html', { after: 1, every: 2 });
    expect(await statuses(5)).toEqual([200, 200, 404, 200, 404]);
    expect(sandbox.dialects.list()).toEqual([{ name: 'proxy-404-html', after: 1, every: 2 }]);
  });

  it('wrap each other and the faults, the later ones outermost', async () => {
    sandbox.faults.add({ on: 'get', answer: { kind: 'another-status', status: 'PAUSED' } });
    sandbox.dialects.use('status-lower');
    sandbox.dialects.use('code-200');
    sandbox.dialects.use('code-text');
    expect((await get()).json).toMatchObject({ response_code: '200', payload: { status: 'paused' } });
    sandbox.dialects.use('html-200');
    expect((await get()).text).toContain('guest network');
    expect(sandbox.faults.list()).toHaveLength(1);
  });

  it('keep all digits of long numbers through further dialects', async () => {
    for (const name of ['id-long-number', 'long-numbers', 'code-text', 'id-spaces'] as const) {
      sandbox.dialects.use(name);
    }
    const { text } = await get('9007199254740993');
    expect(text).toContain('"qrCodeId":" 9007199254740993  "');
    expect(text).toContain('"amount":1234567890123456789,');
  });

  it('log when a slow cancel was applied, and whether a lost one was', async () => {
    sandbox.faults.add({ on: 'cancel', times: 1, applyEffect: true, answer: { kind: 'drop' } });
    await expect(client.cancel(id, headers)).rejects.toThrow();
    expect(sandbox.requests.of('cancel')).toMatchObject([{ reachedGateway: true, carriedOut: true }]);
    sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 60_000 } });
    const other = sandbox.qrCodes.all('UAT')[1]?.qrCodeId ?? '';
    const hanging = expect(client.cancel(other, headers)).rejects.toThrow();
    const [, slow] = await sandbox.requests.waitFor('cancel', 2, 2000);
    sandbox.reset();
    await hanging;
    expect(slow).toMatchObject({ reachedGateway: false, carriedOut: false });
  });

  it('reject an invalid name or option with an explanation', () => {
    const use = (name: string, options?: object) => () => sandbox.dialects.use(name as DialectName, options);
    expect(use('proxy-404')).toThrow(/Unknown dialect proxy-404; known: proxy-404-html, /);
    expect(use('constructor')).toThrow('Unknown dialect');
    expect(use('html-200', { after: 0 })).toThrow('Dialect html-200');
    expect(use('html-200', { on: ['refund'] })).toThrow('Dialect html-200');
    expect(use('html-200', { until: 3 })).toThrow('until');
    expect(use('html-200', { seconds: 3 })).toThrow('html-200 takes no option seconds');
    expect(sandbox.dialects.list()).toEqual([]);
  });

  it('can be controlled with curl, and are listed in the guide', async () => {
    const path = '/__sandbox/dialects';
    const started = await client.send('POST', path, { body: { name: 'html-200', after: 1 } });
    expect(started.json).toEqual({ on: [{ name: 'html-200', after: 1 }] });
    expect(usageText(sandbox)).toContain('On now: html-200\n');
    const { json } = await client.send('GET', path);
    expect(Object.keys(json.all as object)).toEqual(Object.keys(DIALECTS));
    const wrong = await client.send('POST', path, { body: { name: 'html' } });
    expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining('html-200') });
    await client.send('DELETE', path);
    expect(sandbox.dialects.list()).toEqual([]);
    for (const name of Object.keys(DIALECTS)) expect(usageText(sandbox)).toContain(` ${name}`);
    expect(sandbox.requests.of('other')).toEqual([]);
  });
});
