import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROTOCOLS, TestClient } from '../tests/fixtures/sandbox-client.ts';
import { type Sandbox, startSandbox } from './server.ts';

describe.each(PROTOCOLS)('faults of the connection over %s', (protocol) => {
  let sandbox: Sandbox;
  let client: TestClient;
  let headers: Record<string, string>;
  let id: string;
  const status = () => sandbox.qrCodes.get('UAT', id)?.status;
  const read = () => client.send('GET', `/api/v0/qr-code/${id}`, { headers });
  /** Waits until no more of a response is sent, and returns the number of bytes sent. */
  async function sentAtRest(): Promise<number> {
    const looks = [-1, -2, -3];
    await expect
      .poll(
        () => {
          looks.push(sandbox.requests.of('get')[0]?.answeredBytes ?? 0);
          return new Set(looks.slice(-3)).size;
        },
        { interval: 25 },
      )
      .toBe(1);
    return looks.at(-1) ?? 0;
  }

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(async () => {
    client = new TestClient(sandbox, protocol);
    headers = await client.signIn();
    id = sandbox.qrCodes.all('UAT')[0]?.qrCodeId ?? '';
  });
  afterEach(async () => {
    await client.close();
    sandbox.reset();
  });
  afterAll(() => sandbox.close());

  it('closes the connection in the middle of a body', async () => {
    sandbox.faults.add({ on: 'get', times: 1, answer: { kind: 'cut-json', breakOff: true } });
    await expect(read()).rejects.toThrow();
    expect((await read()).status).toBe(200);
  });

  it.each([true, false])('drops the connection; operation applied: %s', async (applyEffect) => {
    sandbox.faults.add({ on: 'cancel', applyEffect, answer: { kind: 'drop' } });
    await expect(client.cancel(id, headers)).rejects.toThrow();
    expect(sandbox.qrCodes.countCancels('UAT', id) > 0).toBe(applyEffect);
    const [dropped] = sandbox.requests.of('cancel', id);
    expect(dropped).toBeDefined();
    expect(dropped).not.toHaveProperty('answeredStatus');
  });

  if (protocol === 'HTTP/2') {
    it('drops the other requests on a dropped connection too', async () => {
      sandbox.faults.add({ on: 'get', answer: { kind: 'silence' } });
      sandbox.faults.add({ on: 'cancel', answer: { kind: 'drop' } });
      const other = read().catch((error: unknown) => error);
      await sandbox.requests.waitFor('get', 1, 2000);
      await expect(client.cancel(id, headers)).rejects.toThrow();
      expect(await other).toBeInstanceOf(Error);
    });
  }

  it('never answers one request, and still answers others', async () => {
    sandbox.faults.add({ on: 'cancel', applyEffect: true, answer: { kind: 'silence' } });
    const away = new AbortController();
    const hanging = expect(client.cancel(id, headers, away.signal)).rejects.toThrow();
    await sandbox.requests.waitFor('cancel', 1, 2000);
    expect((await read()).json).toMatchObject({ payload: { status: 'CANCELLED' } });
    away.abort();
    await hanging;
  });

  it('answers late, after the operation', async () => {
    sandbox.faults.add({ on: 'cancel', times: 1, answer: { kind: 'slow', ms: 100 } });
    const started = Date.now();
    expect((await client.cancel(id, headers)).json.response_code).toBe(0);
    expect(Date.now() - started).toBeGreaterThanOrEqual(95);
    expect(status()).toBe('CANCELLED');
  });

  it.each([
    [false, 'ACTIVE'],
    [true, 'CANCELLED'],
  ])('carries the operation out before the wait: %s', async (applyEffect, statusDuringWait) => {
    sandbox.faults.add({ on: 'cancel', applyEffect, answer: { kind: 'slow', ms: 60_000 } });
    const waiting = expect(client.cancel(id, headers)).rejects.toThrow();
    await sandbox.requests.waitFor('cancel', 1, 2000);
    expect((await read()).json).toMatchObject({ payload: { status: statusDuringWait } });
    sandbox.reset();
    await waiting;
  });

  it('does not apply a slow cancel after a reset', async () => {
    sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 60_000 } });
    const hanging = expect(client.cancel(id, headers)).rejects.toThrow();
    await sandbox.requests.waitFor('cancel', 1, 2000);
    sandbox.reset();
    await hanging;
    expect(status()).toBe('ACTIVE');
  });

  it.each([false, true])('sends all of a huge response; length omitted: %s', async (unannounced) => {
    sandbox.faults.add({ on: 'get', answer: { kind: 'huge', bytes: 3_000_000, unannounced } });
    const { text, json, headers: sent } = await read();
    expect(text).toHaveLength(3_000_000);
    expect(json.response_code).toBe(0);
    expect('content-length' in sent).toBe(!unannounced);
  });

  it('stops a huge response when the client disconnects', async () => {
    sandbox.faults.add({ on: 'get', answer: { kind: 'huge', bytes: 4_000_000_000 } });
    const away = new AbortController();
    const reading = client.send('GET', `/api/v0/qr-code/${id}`, { headers, signal: away.signal });
    await expect.poll(() => sandbox.requests.of('get')[0]?.answeredBytes).toBeGreaterThan(1_000_000);
    away.abort();
    await expect(reading).rejects.toThrow();
    expect(await sentAtRest()).toBeLessThan(3_900_000_000);
  });

  it('sends a huge response only as fast as the client reads it', async () => {
    sandbox.faults.add({ on: 'get', answer: { kind: 'huge', bytes: 4_000_000_000 } });
    const { body } = await client.open('GET', `/api/v0/qr-code/${id}`, { headers });
    body.on('error', () => undefined);
    const sent = await sentAtRest();
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(20_000_000);
    body.destroy();
  });

  it('combines a delay with a dropped connection', async () => {
    sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 100 } });
    sandbox.faults.add({ on: 'cancel', applyEffect: true, answer: { kind: 'drop' } });
    const started = Date.now();
    await expect(client.cancel(id, headers)).rejects.toThrow();
    expect(Date.now() - started).toBeGreaterThanOrEqual(95);
    expect(status()).toBe('CANCELLED');
  });
});
