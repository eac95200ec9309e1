import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { until } from '../../harness/until.ts';
import { createIdSource } from '../support/ids.ts';
import { paste, seedAccount } from '../support/operator.ts';

let sandbox: Sandbox;
let firefox: FirefoxSession;
let nextId: () => string;

beforeAll(async () => {
  sandbox = await startSandbox();
  nextId = createIdSource(sandbox);
  firefox = await launchFirefox({ extensionDir: '.output/firefox-mv3', gateway: { port: sandbox.port } });
  const options = await firefox.openPage('options.html');
  await seedAccount(options, sandbox, { name: 'Main counter' });
  await options.close();
});
afterAll(async () => {
  await firefox?.close();
  await sandbox?.close();
});

it('reviews a list in Firefox, requires the number, and cancels it with the page closed by one PATCH each', async () => {
  const ids = Array.from({ length: 30 }, () => nextId());
  sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 50 } });
  const workbench = await firefox.openPage('workbench.html#bulk');
  await paste(workbench, 'QR code IDs', [...ids, ids[0], 'a b'].join('\n'));
  await clickRole(workbench, 'button', 'Review IDs');
  await waitForText(workbench, '30 will be cancelled');
  expect(sandbox.requests.of('cancel')).toEqual([]);
  await clickRole(workbench, 'button', 'Cancel 30 QR codes…');
  await byRole(workbench, 'alertdialog', 'Cancel 30 QR codes?');
  await typeInto(workbench, 'Type CANCEL 30 to confirm', 'CANCEL 30');
  await clickRole(workbench, 'button', 'Cancel 30 QR codes');
  await waitForText(workbench, 'Cancelling QR codes');
  await workbench.close();
  await until('all PATCHes', () => (sandbox.requests.of('cancel').length >= 30 ? true : undefined));
  const report = await firefox.openPage('workbench.html#bulk');
  await waitForText(report, '30 cancelled');
  for (const id of ids) expect(sandbox.requests.of('cancel', id)).toHaveLength(1);
});
