import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BENCH_DIR } from './samples.ts';

/** The part of a manifest that a copy changes. */
interface Manifest {
  background: { service_worker: string };
  options_ui?: unknown;
}

/**
 * Copies the production build, but with another worker. Permissions, hosts, commands, icons and texts stay those of the
 * build, so that a comparison shows the cost of the worker's script alone. `scriptOf` gets the original script. Returns the
 * folder of the copy.
 */
export function copyWithWorker(
  extensionDir: string,
  name: string,
  scriptOf: (original: string) => string,
): string {
  const copy = resolve(BENCH_DIR, 'extensions', name);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  cpSync(extensionDir, copy, { recursive: true });
  const manifestFile = join(copy, 'manifest.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
  // The bench closes the settings that an extension with settings opens. A copy does not open them.
  delete manifest.options_ui;
  writeFileSync(manifestFile, JSON.stringify(manifest));
  const worker = join(copy, manifest.background.service_worker);
  writeFileSync(worker, scriptOf(readFileSync(worker, 'utf8')));
  return copy;
}
