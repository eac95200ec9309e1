import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, it } from 'vitest';
import { typeInto } from '../../harness/act.ts';
import { byRole } from '../../harness/find.ts';
import { paste } from '../support/operator.ts';
import { inPrint } from '../support/print-view.ts';
import {
  click,
  expectRight,
  openPseudoFixture,
  type PseudoFixture,
  QR_NAME,
  REASON,
  UAT_NAME,
  waitFor,
} from '../support/pseudo-fixture.ts';
import { say } from '../support/pseudo-locale.ts';

let fixture: PseudoFixture;
beforeAll(async () => {
  fixture = await openPseudoFixture();
  await fixture.saveAccount(UAT_NAME, 'UAT');
});
afterAll(() => fixture?.close());

it('workbench.html#search: results, a selection, details, no result, a failure', async () => {
  for (let count = 0; count < 3; count += 1) fixture.putCode();
  const page = await fixture.open('workbench.html#search');
  await byRole(page, 'button', say('searchQrCodes'));
  await expectRight(page, 'as it opens');
  await typeInto(page, say('filterText'), QR_NAME);
  await click(page, 'searchQrCodes');
  await page.waitForSelector('tr[data-index]');
  await expectRight(page, 'results');
  await (await page.$('[role=grid]'))?.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await waitFor(page, 'selectedCountOne', '1');
  await expectRight(page, 'one selected');
  await page.keyboard.press('Enter');
  await byRole(page, 'region', say('details'));
  await click(page, 'copyId');
  await expectRight(page, 'its details');
  await click(page, 'close');
  await typeInto(page, say('filterText'), '//////');
  await waitFor(page, 'noteFiltersChanged');
  await expectRight(page, 'filters changed');
  await click(page, 'searchQrCodes');
  await waitFor(page, 'foundNone');
  await expectRight(page, 'nothing found');
  fixture.kit.sandbox.faults.add({ on: 'search', answer: { kind: 'reject', code: 512, message: REASON } });
  await click(page, 'searchQrCodes');
  await waitFor(page, 'searchFailed');
  await expectRight(page, 'failed');
  fixture.kit.sandbox.faults.clear();
});

it('workbench.html#search: a replacement and all its results', async () => {
  const page = await fixture.open('workbench.html#search');
  await typeInto(page, say('filterText'), fixture.putCode('UAT', 'CANCELLED'));
  await click(page, 'searchQrCodes');
  await page.waitForSelector('tr[data-index]');
  await (await page.$('[role=grid]'))?.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await click(page, 'createReplacementDots');
  await byRole(page, 'button', say('createDots'));
  await click(page, 'paramAdd');
  await typeInto(page, say('paramValue', '1'), '7');
  await expectRight(page, 'the form');
  await click(page, 'createDots');
  await waitFor(page, 'paramNameRequired');
  await expectRight(page, 'what is missing');
  await click(page, 'paramRemove', '1');
  await click(page, 'createDots');
  await waitFor(page, 'createQuestion');
  await expectRight(page, 'the question');

  const { faults } = fixture.kit.sandbox;
  faults.add({ on: 'create', answer: { kind: 'reject', code: 512, message: REASON } });
  await click(page, 'createQrCode');
  await byRole(page, 'button', say('backToForm'));
  await expectRight(page, 'rejected');
  faults.clear();
  await click(page, 'backToForm');
  faults.add({ on: 'create', answer: { kind: 'status', httpStatus: 502, body: 'empty' } });
  await create(page);
  await byRole(page, 'button', say('searchForIt'));
  await expectRight(page, 'not known');
  faults.clear();
  await click(page, 'close');
  await (await page.$('[role=grid]'))?.focus();
  await page.keyboard.press('Enter');
  await click(page, 'createReplacementDots');
  await create(page);
  await click(page, 'readNew');
  await byRole(page, 'button', say('readNew'));
  await expectRight(page, 'created');
  await inPrint(page, () => expectRight(page, 'on paper'));
});

async function create(page: Page): Promise<void> {
  await click(page, 'createDots');
  await waitFor(page, 'createQuestion');
  await click(page, 'createQrCode');
}

it('workbench.html#bulk: from the list to the report', async () => {
  const page = await fixture.open('workbench.html#bulk');
  await byRole(page, 'button', say('reviewList'));
  await expectRight(page, 'as it opens');
  await click(page, 'reviewList');
  await waitFor(page, 'listNothing');
  await expectRight(page, 'an empty list');
  const ids = Array.from({ length: 22 }, () => fixture.putCode());
  const lines = [
    ...ids,
    ids[0],
    fixture.putCode('UAT', 'CANCELLED'),
    fixture.putCode('UAT', '700'),
    'QR000000009998',
    '1.23E+15',
    'QR00000aa',
    'QR00000AA',
  ];
  await paste(page, say('qrCodeIds'), lines.join('\n'));
  await click(page, 'reviewList');
  await byRole(page, 'button', say('downloadReview'));
  await expectRight(page, 'the review');
  await click(page, 'cancelCountDotsOther', '22');
  await byRole(page, 'alertdialog');
  await expectRight(page, 'the question');
  await typeInto(page, say('bulkType', 'CANCEL 22'), 'CANCEL 22');
  const { faults } = fixture.kit.sandbox;
  faults.add({
    on: 'cancel',
    qrCodeId: String(ids[0]),
    answer: { kind: 'reject', code: 512, message: REASON },
  });
  faults.add({ on: 'cancel', qrCodeId: String(ids[1]), answer: { kind: 'says-active' } });
  faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 1_500 } });
  await click(page, 'cancelCountOther', '22');
  await byRole(page, 'button', say('pause'));
  await expectRight(page, 'under way');
  await click(page, 'pause');
  await byRole(page, 'button', say('resume'));
  await expectRight(page, 'paused');
  await click(page, 'resume');
  await byRole(page, 'button', say('newList'), { timeout: 60_000 });
  await expectRight(page, 'the report');
  await inPrint(page, () => expectRight(page, 'the report on paper'));
  faults.clear();
});
