import { describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { openContextMenu, openSubmenu, pickItem, selectContents } from '../../harness/context-menu.ts';
import { textOf, waitForText } from '../../harness/find.ts';
import { screenUnavailable } from '../../harness/screen.ts';
import { openDisplayFixture } from '../support/display-fixture.ts';

/** Counts the operator's steps: a menu opened, an item picked, a button pressed. */
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
  it('starts the worker, opens the dialog for the selected id, and cancels it', async () => {
    const { sandbox, screen, chromium, openWebPage, close } = await openDisplayFixture();
    try {
      const page = await openWebPage();
      const id = await page.$eval('#email .id', (element) => String(element.textContent));
      const selected = await page.$('#email .id');
      if (!selected) throw new Error('The demo page has no id in its e-mail');
      await selectContents(page, selected);
      await chromium.killWorker();
      const steps = countSteps();
      await steps.take(() => openContextMenu(screen, page));
      await steps.take(() => openSubmenu(screen, page));
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
      await close();
    }
  });
});
