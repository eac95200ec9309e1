import { X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestClient } from '../tests/fixtures/sandbox-client.ts';
import { type Sandbox, startSandbox } from './server.ts';

const ORIGIN = { origin: 'https://example.com' };

describe('the sandbox', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeEach(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox, 'HTTP/2');
  });
  afterEach(async () => {
    await client.close();
    await sandbox.close();
  });

  it('has a certificate for all its names', () => {
    const { subjectAltName } = new X509Certificate(sandbox.certificate.pem);
    for (const name of ['olympus-pg-uat.enkash.in', 'olympus-pg.enkash.in', 'localhost', '127.0.0.1']) {
      expect(subjectAltName).toContain(name);
    }
    expect(Buffer.from(sandbox.certificate.spkiHash, 'base64')).toHaveLength(32);
  });

  it.each(['HTTP/1.1', 'HTTP/2'] as const)(
    'closes at once with requests hanging over %s',
    async (protocol) => {
      const other = new TestClient(sandbox, protocol);
      const headers = await other.signIn();
      sandbox.faults.add({ on: 'get', answer: { kind: 'silence' } });
      sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 60_000 } });
      const hanging = [
        other.send('GET', '/api/v0/qr-code/x', { headers }).catch((error: unknown) => error),
        other.cancel('x', headers).catch((error: unknown) => error),
      ];
      await sandbox.requests.waitFor('get', 1, 2000);
      await sandbox.requests.waitFor('cancel', 1, 2000);
      const started = Date.now();
      await sandbox.close();
      expect(Date.now() - started).toBeLessThan(500);
      for (const failed of await Promise.all(hanging)) expect(failed).toBeInstanceOf(Error);
      await other.close();
    },
  );

  it('has the same ids at each start, both kinds of images, and odd records', async () => {
    const again = await startSandbox();
    const ids = (from: Sandbox) =>
      [...from.qrCodes.all('UAT'), ...from.qrCodes.all('LIVE')].map((code) => code.qrCodeId);
    expect(ids(again)).toEqual(ids(sandbox));
    expect(new Set(ids(sandbox)).size).toBe(ids(sandbox).length);
    await again.close();

    const codes = sandbox.qrCodes.all('UAT');
    const images = codes.map((code) => String(code.qrCodeBase64 ?? ''));
    expect(images.some((image) => image.startsWith('data:image/png;base64,'))).toBe(true);
    expect(images.some((image) => image.startsWith('iVBORw0KGgo'))).toBe(true);
    expect(codes.some((code) => code.status === 'CANCELLED')).toBe(true);
    expect(
      codes.some((code) => code.status === 'ACTIVE' && new Date(String(code.expiry)).getTime() < Date.now()),
    ).toBe(true);
    expect(codes.some((code) => Object.keys(code).length === 2)).toBe(true);
  });

  it('removes all changes on reset', async () => {
    const headers = await client.signIn();
    const id = sandbox.qrCodes.all('UAT')[0]?.qrCodeId ?? '';
    await client.cancel(id, headers);
    sandbox.faults.add({ on: 'any', answer: { kind: 'html' } });
    sandbox.reset();
    expect(sandbox.qrCodes.get('UAT', id)?.status).toBe('ACTIVE');
    expect(sandbox.qrCodes.countCancels('UAT', id)).toBe(0);
    expect(sandbox.requests.all()).toEqual([]);
    expect((await client.send('GET', `/api/v0/qr-code/${id}`, { headers })).json.response_code).toBe(117);
  });

  it('reports the number of requests if a wait times out', async () => {
    await client.signIn();
    await expect(sandbox.requests.waitFor('token', 2, 30)).rejects.toThrow('saw 1');
  });

  it('serves the control endpoints and the demo page to any Origin, without logging them', async () => {
    const fault = { on: 'get', answer: { kind: 'html' } };
    expect((await client.send('POST', '/__sandbox/faults', { body: fault, headers: ORIGIN })).status).toBe(
      200,
    );
    expect(sandbox.faults.list()).toMatchObject([fault]);
    const wrong = await client.send('POST', '/__sandbox/faults', { body: { on: 'get' } });
    expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining('fault.answer') });
    await client.send('DELETE', '/__sandbox/faults');
    expect(sandbox.faults.list()).toEqual([]);
    expect((await client.send('GET', '/__sandbox/qr-codes')).json).toMatchObject({ UAT: { length: 60 } });

    const demo = await client.send('GET', '/demo', { headers: ORIGIN });
    const shown = [...demo.text.matchAll(/<span class="id">([^<]+)<\/span>/g)].map(([, id]) => id ?? '');
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.every((id) => sandbox.qrCodes.get('UAT', id) !== undefined)).toBe(true);
    expect(demo.text).not.toContain('{{');
    for (const part of ['table', 'email', 'chat']) expect(demo.text).toContain(`id="${part}"`);
    expect(sandbox.requests.all()).toEqual([]);

    await client.signIn();
    expect(JSON.parse((await client.send('GET', '/__sandbox/requests')).text)).toMatchObject([
      { operation: 'token' },
    ]);
    await client.send('POST', '/__sandbox/reset');
    expect(sandbox.requests.all()).toEqual([]);
  });
});
