import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { findOnPath, installIfAllowed } from './install-packages.ts';
import { killProcessGroup } from './kill-process-group.ts';
import { until } from './until.ts';

const run = promisify(execFile);

const packageOfProgram = {
  Xvfb: 'xvfb',
  openbox: 'openbox',
  xdotool: 'xdotool',
  import: 'imagemagick',
};

/** A virtual screen with a window manager, for real clicks and keys in a headful browser. */
export interface Screen {
  /** The value of the browser's environment variable DISPLAY. */
  display: string;
  width: number;
  height: number;
  xdotool(...args: string[]): Promise<string>;
  /** Takes a picture of the whole screen, including native menus and notifications. */
  screenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

function missingPackages(): string[] {
  return Object.entries(packageOfProgram)
    .filter(([program]) => !findOnPath(program))
    .map(([, name]) => name);
}

/** The reason that no screen can start here; undefined if one can. Installs missing programs if allowed. */
export function screenUnavailable(): string | undefined {
  if (process.platform !== 'linux') return 'a virtual screen needs Linux';
  let missing = missingPackages();
  if (missing.length > 0 && installIfAllowed(missing)) missing = missingPackages();
  return missing.length === 0 ? undefined : `a virtual screen needs the packages ${missing.join(', ')}`;
}

async function startXvfb(size: string): Promise<{ server: ChildProcess; display: string }> {
  // With -displayfd the server chooses a free display and writes its number to that descriptor.
  const args = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true });
  let number = '';
  server.stdio[3]?.on('data', (chunk: Buffer) => {
    number += chunk.toString();
  });
  await until('Xvfb to start', () => number.endsWith('\n'));
  return { server, display: `:${number.trim()}` };
}

/** Starts a virtual screen. The caller must `close` it. */
export async function startScreen({ width = 1280, height = 900 } = {}): Promise<Screen> {
  const { server, display } = await startXvfb(`${width}x${height}`);
  const env = { ...process.env, DISPLAY: display };
  const manager = spawn('openbox', [], { env, stdio: 'ignore', detached: true });
  return {
    display,
    width,
    height,
    xdotool: async (...args) => (await run('xdotool', args, { env })).stdout.trim(),
    screenshot: async (file) => {
      await run('import', ['-window', 'root', file], { env });
    },
    close: async () => {
      await killProcessGroup(manager);
      await killProcessGroup(server);
    },
  };
}
