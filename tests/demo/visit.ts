import type { Browser } from 'puppeteer-core';
import { openDemoPage } from '../harness/demo-page.ts';
import { accountName, fillInSettings } from './settings.ts';
import type { Stage } from './setup.ts';

/** Opens the set-up browser for a person. Ends when its last window is closed. */
export async function visit(stage: Stage): Promise<void> {
  const { browser } = stage.session;
  const closed = lastWindowClosed(browser);
  const blank = await browser.pages();
  const demo = await openDemoPage(browser, stage.sandbox);
  const settings = await fillInSettings(stage);
  await settings.close();
  for (const page of blank) await page.close();
  await demo.bringToFront();
  console.log(instructions);
  await closed;
}

const instructions = `
The account “${accountName}” (UAT) is filled in. All QR codes are the sandbox's; nothing here reaches EnKash.

Try this on the demo page:
  - Double-click a QR code ID, right-click it, choose QR Cancel for EnKash → Cancel QR code “…”…
    The popup opens with the question; nothing is cancelled before you confirm.
  - The same with → Check status of “…”.
  - Right-click the poster, the sign, the stand or the chat's picture → Find this QR code…
    The popup finds the code by its picture. Three pictures at the end are not the account's.
  - Select the whole e-mail, or some rows of the table: several IDs open the workbench.
  - Click the extension's icon (behind the puzzle piece) and paste an ID; Settings and History are there too.

Close the window, or press Ctrl+C here, to end. What the sandbox receives:
`;

/** Also checks for windows, because on a Mac the browser runs on without one. */
function lastWindowClosed(browser: Browser): Promise<void> {
  return new Promise((resolve) => {
    browser.once('disconnected', () => resolve());
    browser.on('targetdestroyed', () => {
      if (!browser.targets().some((target) => target.type() === 'page')) resolve();
    });
  });
}
