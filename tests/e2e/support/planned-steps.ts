import type { Page } from 'puppeteer-core';
import { clickRole } from '../../harness/act.ts';
import { byRole } from '../../harness/find.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';
import { tell } from './tell.ts';

/** Chooses the wait between a confirmation and its cancel. */
export async function setWait(
  kit: ChromiumFixture,
  change: { waitBeforeCancelling?: 0 | 10 | 30; waitForSingle?: boolean; confirmBeforeCancelling?: boolean },
): Promise<void> {
  await kit.withOptions(async (options) => void (await tell(options, 'updateSettings', change)));
}

/** Chooses `At a date and time` in the open question, and enters a time (`YYYY-MM-DDTHH:mm`). */
export async function chooseStart(page: Page, wall: string): Promise<void> {
  await clickRole(page, 'radio', 'At a date and time');
  await enterStart(page, wall);
}

/** Enters a time into the open question. */
export async function enterStart(page: Page, wall: string): Promise<void> {
  const field = await byRole(page, 'textbox', 'Start at');
  await field.evaluate((element, value) => {
    (element as HTMLInputElement).value = value;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, wall);
}

/** The wall time of the page's computer, so many milliseconds from now. */
export function wallIn(page: Page, ms: number): Promise<string> {
  return page.evaluate((later) => {
    const at = new Date(Date.now() + later);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, ms);
}

/** Drops every job that waits. */
export async function dropAll(kit: ChromiumFixture): Promise<void> {
  await kit.withOptions(async (page) => {
    for (const { jobId } of (await tell(page, 'getScheduledJobs', {})) as { jobId: number }[])
      await tell(page, 'dropJob', { jobId });
  });
}
