import type { Browser, CDPSession, Target } from 'puppeteer-core';

const WATCHED = ['page', 'service_worker', 'background_page', 'other'];

/** Records every console line, error and log entry of pages and workers. */
export async function collectConsole(browser: Browser): Promise<string[]> {
  const lines: string[] = [];
  async function follow(target: Target): Promise<void> {
    if (!WATCHED.includes(target.type())) return;
    const session: CDPSession = await target.createCDPSession();
    for (const event of ['Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Log.entryAdded'] as const)
      session.on(event, (entry) => lines.push(JSON.stringify(entry)));
    await session.send('Runtime.enable');
    await session.send('Log.enable');
  }
  // Ignore a target that closes before the session is attached.
  const followIfThere = (target: Target) => follow(target).catch(() => undefined);
  browser.on('targetcreated', (target) => void followIfThere(target));
  await Promise.all(browser.targets().map(followIfThere));
  return lines;
}
