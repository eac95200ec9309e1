import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { buildExtension, extensionDir } from '../harness/build-extension.ts';
import { type ChromiumSession, launchChromium } from '../harness/chromium.ts';

/** What the tour is played on. */
export interface Stage {
  sandbox: Sandbox;
  session: ChromiumSession;
}

interface StageOptions {
  headless: boolean;
  /** Whether the sandbox prints each request as it comes. */
  printRequests: boolean;
}

/**
 * Builds the extension, opens it in a browser that meets the sandbox in place of the gateway, runs `play`
 * there, and closes everything again, however it ended.
 *
 * @returns whether `play` came to its end or was stopped by Ctrl+C (or SIGTERM, SIGHUP).
 */
export async function onStage(
  { headless, printRequests }: StageOptions,
  play: (stage: Stage) => Promise<void>,
): Promise<'ended' | 'stopped'> {
  await buildExtension();
  const sandbox = await startSandbox({ log: printRequests ? 'stdout' : 'none' });
  try {
    const gateway = { port: sandbox.port, spkiHash: sandbox.certificate.spkiHash };
    const session = await launchChromium({ extensionDir, gateway, headless });
    try {
      const stopped = stopAsked().then(() => 'stopped' as const);
      return await Promise.race([play({ sandbox, session }).then(() => 'ended' as const), stopped]);
    } finally {
      await session.close();
    }
  } finally {
    await sandbox.close();
  }
}

/** Resolves when somebody wants this program to end. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // The browser's launcher ends the whole program at once here, before anything could be tidied up.
      process.removeAllListeners(signal);
      process.on(signal, () => resolve());
    }
  });
}
