import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = new URL('../../', import.meta.url);

/** The folder with the build of the extension for Chromium. */
export const extensionDir = fileURLToPath(new URL('.output/chrome-mv3', root));

/** Builds the extension for Chromium as it ships. Rejects with the build's output if it fails. */
export async function buildExtension(): Promise<void> {
  // The script itself, because node_modules/.bin has other files on Windows.
  const wxt = fileURLToPath(new URL('node_modules/wxt/bin/wxt.mjs', root));
  try {
    await promisify(execFile)(process.execPath, [wxt, 'build'], { cwd: fileURLToPath(root) });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`The extension could not be built.\n${stdout ?? ''}${stderr ?? ''}`.trimEnd());
  }
}
