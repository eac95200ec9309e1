import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import { readListFile } from '../../../utils/qr-code-id/read-file.ts';
import { chooseFile, clickRole } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { waitForText } from '../../harness/find.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { seedAccount } from '../support/operator.ts';

let sandbox: Sandbox;
let firefox: FirefoxSession;

beforeAll(async () => {
  sandbox = await startSandbox();
  firefox = await launchFirefox({ extensionDir: '.output/firefox-mv3', gateway: { port: sandbox.port } });
  const options = await firefox.openPage('options.html');
  await seedAccount(options, sandbox, { name: 'Main counter' });
  await options.close();
});
afterAll(async () => {
  await firefox?.close();
  await sandbox?.close();
});

it('A65 reads a chosen sheet of an .xlsx beside an .ods in Firefox, and exports the review to Excel', async () => {
  const page = await firefox.openPage('workbench.html#bulk');
  const files = ['tests/spreadsheets/codes.xlsx', 'tests/spreadsheets/codes.ods'];
  await chooseFile(page, 'Choose a CSV or text file', ...files);
  await waitForText(page, 'Which sheet of codes.ods holds the QR code IDs?');
  await clickRole(page, 'radio', 'Filtered');
  await clickRole(page, 'button', 'Read this sheet');
  await waitForText(page, 'codes.xlsx: the spreadsheet hides 1 row');
  await clickRole(page, 'radio', 'Filtered');
  await clickRole(page, 'button', 'Read this sheet');
  await waitForText(page, 'codes.ods: the spreadsheet hides 1 row');
  await clickRole(page, 'button', 'Review IDs');
  await waitForText(page, '2 not found · 2 duplicates');

  await clickRole(page, 'button', 'Download review (Excel)');
  const { path } = await waitForDownload(firefox.downloadDir, /\.xlsx$/, { timeout: 30_000 });
  const file = await readListFile(new File([readFileSync(path)], 'review.xlsx'), systemClock);
  if (file.kind !== 'spreadsheet') throw new Error(JSON.stringify(file));
  const { rows } = await file.spreadsheet.read(0);
  expect(rows.map(({ cells }) => cells.slice(0, 2).map((cell) => cell?.text))).toEqual([
    ['line', 'qrCodeId'],
    ['codes.xlsx:2', 'QR26ABCDEFGHJ5'],
    ['codes.xlsx:4', 'QR26ABCDEFGHJ7'],
    ['codes.ods:2', 'QR26ABCDEFGHJ5'],
    ['codes.ods:4', 'QR26ABCDEFGHJ7'],
  ]);
});
