import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/server.ts';
import { clickRole } from '../../harness/act.ts';
import { launchChromium } from '../../harness/chromium.ts';
import { openContextMenu, openSubmenu, pickItem, selectContents } from '../../harness/context-menu.ts';
import { textOf, waitForText } from '../../harness/find.ts';
import { screenUnavailable, startScreen } from '../../harness/screen.ts';
import { enterAccount } from '../support/operator.ts';

/** What a person with a mouse does is one step each: a menu opened, an item picked, a button pressed. */
function countSteps() {
  const steps = {
    taken: 0,
    take<Result>(step: () => Promise<Result>): Promise<Result> {
      steps.taken += 1;
      return step();
    },
  };
  return steps;
}

const reason = screenUnavailable();
if (reason) console.warn(`The real right click is not tested here: ${reason}`);

describe.skipIf(reason)('A28 the browser’s own right-click menu on a screen', () => {
  it('wakes a dead worker, opens the dialog on the selected id, and cancels it', async () => {
    const sandbox = await startSandbox();
    const screen = await startScreen();
    const chromium = await launchChromium({
      extensionDir: '.output/chrome-mv3',
      gateway: { port: sandbox.port, spkiHash: sandbox.certificate.spkiHash },
      headless: false,
      env: { DISPLAY: screen.display },
    });
    try {
      const options = await chromium.openPage('options.html');
      await enterAccount(options, sandbox, { name: 'Main counter' });
      await options.goto(`https://olympus-pg-uat.enkash.in/demo`);
      const id = await options.$eval('#email .id', (element) => String(element.textContent));
      const selected = await options.$('#email .id');
      if (!selected) throw new Error('The demo page has no id in its e-mail');
      await selectContents(options, selected);
      await chromium.killWorker();
      const steps = countSteps();
      await steps.take(() => openContextMenu(screen, options));
      await steps.take(() => openSubmenu(screen, options));
      await steps.take(() => pickItem(screen, 1));
      const popup = await chromium.waitForPopup();
      const dialog = await textOf(popup, 'alertdialog', 'Cancel this QR code?');
      expect(dialog).toContain(id);
      expect(sandbox.requests.of('cancel')).toEqual([]);
      await steps.take(() => clickRole(popup, 'button', 'Cancel QR code'));
      await waitForText(popup, 'EnKash confirmed it.');
      expect(sandbox.requests.of('cancel', id)).toHaveLength(1);
      expect(steps.taken).toBeLessThanOrEqual(4);
    } finally {
      await chromium.close();
      await screen.close();
      await sandbox.close();
    }
  });
});
