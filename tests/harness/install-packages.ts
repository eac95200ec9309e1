import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The full path of the first of these programs that is on PATH. */
export function findOnPath(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const name of names) {
    for (const folder of folders) {
      const candidate = join(folder, name + suffix);
      if (existsSync(candidate)) return candidate;
    }
  }
  return undefined;
}

/** Whether this process may install system packages: as root on a machine with apt-get. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && findOnPath('apt-get') !== undefined;
}

/**
 * Installs Debian packages if allowed; otherwise does nothing. apt's output goes to stderr.
 *
 * @returns whether apt-get reported success.
 */
export function installIfAllowed(packages: string[]): boolean {
  if (!mayInstall()) return false;
  const aptGet = (...args: string[]): boolean =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  process.stderr.write(`Installing ${packages.join(', ')}\n`);
  // Continue with a stale package list: the packages may still be available.
  aptGet('update');
  return aptGet('install', '-y', '--no-install-recommends', ...packages);
}
