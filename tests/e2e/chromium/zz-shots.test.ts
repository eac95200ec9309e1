import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, it } from 'vitest';
import { axeViolations, smallTargets } from '../support/axe.ts';
import { photograph } from '../../harness/screenshot.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { walkFind } from '../support/page-states/find.ts';
let kit: ChromiumFixture;
beforeAll(async () => { kit = await openChromiumFixture(); mkdirSync('/tmp/shots', { recursive: true }); });
afterAll(() => kit?.close());
it('shots', async () => {
  await walkFind(kit, async (name, page) => {
    await page.bringToFront();
    await photograph(page, `/tmp/shots/${name}.png`);
    console.log(name, await smallTargets(page), await axeViolations(page));
  });
}, 200_000);
