import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../sandbox/fault.ts';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import {
  cancelledCode,
  create,
  creates,
  fault,
  LONG,
  named,
  openForm,
} from '../support/replacement-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('EnKash’s response to a create', () => {
  it('is compared with the request, and differences are shown', async () => {
    const old = cancelledCode(kit);
    fault(kit, { kind: 'merge', fields: { amount: 999, status: 'PENDING', customParams: { store: 'Goa' } } });
    fault(kit, { kind: 'leave-out', fields: ['expiry', 'qrCodeBase64'] });
    const page = await openForm(kit, old.qrCodeId);
    await create(page);
    const alert = await textOf(page, 'alert');
    expect(alert).toContain('It was not created as you asked:');
    expect(alert).toContain('Amount: you asked for ₹1,25,000.50, EnKash says ₹999.');
    expect(alert).toContain('Status: you asked for Active, EnKash says PENDING.');
    expect(alert).toContain('store: you asked for “Pune”, EnKash says “Goa”.');
    await waitForText(page, 'EnKash’s answer does not say: Expiry.');
    await waitForText(page, 'EnKash’s answer has no image of it.');
    const print = await byRole(page, 'button', 'Print');
    const isOffered = () => print.evaluate((button) => !(button as HTMLButtonElement).disabled);
    expect(await isOffered()).toBe(false);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Load the new code');
    await until('the image to be there', isOffered);
    await waitUntilGone(page, 'alert');
    expect(creates(kit)).toHaveLength(1);
  });

  it('is a refusal: message and code are shown, and the form is kept', async () => {
    const old = cancelledCode(kit);
    fault(kit, { kind: 'reject', code: 431, message: 'Name is taken' });
    const page = await openForm(kit, old.qrCodeId);
    await typeInto(page, 'Amount in ₹', '77');
    await create(page);
    const alert = await textOf(page, 'alert');
    expect(alert).toContain('No QR code created');
    expect(alert).toContain('EnKash said: “Name is taken” (code 431).');
    expect(named(kit, old.qrName)).toHaveLength(1);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Back to the form');
    expect(await textOf(page, 'textbox', 'Amount in ₹')).toBe('77');
    await create(page);
    await waitForText(page, 'QR code created');
    expect(creates(kit)).toHaveLength(2);
  });

  it('is a refusal of the token: a new token is fetched, and one code is created', async () => {
    const old = cancelledCode(kit);
    fault(kit, { kind: 'token-stale' }, { times: 1 });
    const page = await openForm(kit, old.qrCodeId);
    await create(page);
    await waitForText(page, 'QR code created');
    expect(creates(kit)).toHaveLength(2);
    expect(named(kit, old.qrName)).toHaveLength(2);
  });

  it('is a request to wait: the create is not sent again', async () => {
    fault(kit, { kind: 'rate-limit', retryAfter: '1' });
    const page = await openForm(kit, cancelledCode(kit).qrCodeId);
    await create(page);
    expect(await textOf(page, 'alert')).toContain('No QR code was created.');
    await sleep(3_000);
    expect(creates(kit)).toHaveLength(1);
  });

  it.each<[string, Answer, string]>([
    ['a lost connection', { kind: 'drop' }, 'The connection to EnKash was lost'],
    ['an error of the server', { kind: 'status', httpStatus: 502 }, 'EnKash had a problem (HTTP 502)'],
    ['no answer', { kind: 'silence' }, 'EnKash did not answer in time.'],
    ['another shape', { kind: 'wrong-shape', shape: 'nested' }, 'could not be understood'],
    ['no id', { kind: 'leave-out', fields: ['qrCodeId'] }, 'gave no ID of a new QR code'],
  ])('is unknown after %s: one request was sent, and a search shows the codes', async (_, answer, why) => {
    const old = cancelledCode(kit);
    const page = await openForm(kit, old.qrCodeId);
    // Reuses a connection, on which browsers may repeat a request.
    expect(kit.sandbox.requests.of('search').length).toBeGreaterThan(0);
    fault(kit, answer, { applyEffect: true });
    await create(page);
    const alert = await textOf(page, 'alert', undefined, LONG);
    expect(alert).toContain('Not known whether a QR code was created');
    expect(alert).toContain(why);
    expect(await hasRole(page, 'button', 'Back to the form')).toBe(false);
    await sleep(1_000);
    expect(creates(kit)).toHaveLength(1);
    kit.sandbox.faults.clear();
    await clickRole(page, 'button', 'Search for it');
    await waitForSummary(page, '2 QR codes found.', LONG);
    expect(named(kit, old.qrName)).toHaveLength(2);

    await clickRole(page, 'button', old.qrCodeId);
    await clickRole(page, 'button', 'Create a replacement…');
    await waitForText(page, 'It is not known whether an earlier try created a QR code.');
    expect(creates(kit)).toHaveLength(1);
  });

  it('is unknown if the worker is killed, and the next worker does not send it', async () => {
    const old = cancelledCode(kit);
    fault(kit, { kind: 'slow', ms: 1_500 });
    const page = await openForm(kit, old.qrCodeId);
    await create(page);
    await kit.sandbox.requests.waitFor('create', 1, 10_000);
    await kit.chromium.killWorker();
    expect(await textOf(page, 'alert')).toContain('Not known whether a QR code was created');
    await clickRole(page, 'button', 'Search for it');
    await waitForSummary(page, /QR codes? found\.$/, LONG);
    await sleep(2_000);
    expect(creates(kit)).toHaveLength(1);
  });
});

describe('over HTTP/1.1', () => {
  it('is not sent, because Chromium could repeat it', async () => {
    const plain = await openChromiumFixture({ extraArgs: ['--disable-http2'] });
    try {
      const page = await openForm(plain, cancelledCode(plain).qrCodeId);
      expect(plain.sandbox.requests.all().every(({ httpVersion }) => httpVersion === '1.1')).toBe(true);
      await create(page);
      const alert = await textOf(page, 'alert');
      expect(alert).toContain('this network allows no HTTP/2');
      expect(alert).toContain('Nothing was sent. No QR code was created.');
      expect(creates(plain)).toEqual([]);
    } finally {
      await plain.close();
    }
  });
});
