import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { buildExtension, extensionDir } from '../harness/build-extension.ts';
import { type ChromiumSession, launchChromium } from '../harness/chromium.ts';

/** The parts of a tour. */
export interface Stage {
  sandbox: Sandbox;
  session: ChromiumSession;
}

interface StageOptions {
  headless: boolean;
  /** Whether the sandbox prints each request. */
  printRequests: boolean;
}

/**
 * Builds the extension, opens it in a browser with the sandbox as the gateway, runs `play`, and always closes everything
 * afterwards.
 *
 * @returns whether `play` finished or was interrupted by Ctrl+C, SIGTERM or SIGHUP.
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

/** Resolves on a signal to end this program. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // Remove the browser launcher's own handlers, which would end the program before the cleanup.
      process.removeAllListeners(signal);
      process.on(signal, () => resolve());
    }
  });
}
