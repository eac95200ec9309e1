import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Chromium's constants for "unpacked, loaded from a folder", and the flags for it.
const unpackedLocation = 4;
const unpackedCreationFlags = 38;

function readManifestKey(extensionDir: string): string | undefined {
  return (JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8')) as { key?: string }).key;
}

/** Chromium's id for an unpacked extension: derived from the manifest's key or, without one, from the folder's path. */
export function unpackedExtensionId(extensionDir: string): string {
  const key = readManifestKey(extensionDir);
  const path = realpathSync(extensionDir);
  const source = key
    ? Buffer.from(key, 'base64')
    : Buffer.from(path, process.platform === 'win32' ? 'utf16le' : 'utf8');
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 32);
  return [...digest].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

/** Whether the profile has been used before. */
export function isPrepared(userDataDir: string): boolean {
  return existsSync(preferencesOf(userDataDir));
}

function preferencesOf(userDataDir: string): string {
  return join(userDataDir, 'Default', 'Preferences');
}

/**
 * Adds the unpacked extension to a new profile as "Load unpacked" does, and returns its id.
 *
 * If a command-line switch or the debugging protocol loads an extension, it counts as newly installed at every start.
 * This way it is installed once, and later starts of the same profile fire onStartup, as for an operator.
 */
export function prepareProfile(userDataDir: string, extensionDir: string): string {
  const id = unpackedExtensionId(extensionDir);
  if (isPrepared(userDataDir)) return id;
  mkdirSync(join(userDataDir, 'Default'), { recursive: true });
  const entry = {
    location: unpackedLocation,
    creation_flags: unpackedCreationFlags,
    path: realpathSync(extensionDir),
    from_webstore: false,
    disable_reasons: [],
    // Makes the first start fire onInstalled with the reason "install".
    pending_on_installed_event_dispatch_info: { previous_version: '' },
  };
  const preferences = {
    extensions: { ui: { developer_mode: true }, settings: { [id]: entry } },
    browser: { enable_spellchecking: false },
  };
  writeFileSync(preferencesOf(userDataDir), JSON.stringify(preferences));
  return id;
}
