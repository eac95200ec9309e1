import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

// While it downloads, Chromium names a file .crdownload and Firefox .part beside an empty one of the final name.
const unfinished = /\.(crdownload|part|tmp)$/;

/** Waits until a file whose name fits has been downloaded to the folder; returns its name and text. */
export function waitForDownload(
  folder: string,
  name: RegExp,
  { timeout = 10_000 }: { timeout?: number } = {},
): Promise<{ name: string; text: string }> {
  const find = (): { name: string; text: string } | undefined => {
    const files = existsSync(folder) ? readdirSync(folder) : [];
    if (files.some((file) => unfinished.test(file))) return undefined;
    const found = files.find((file) => name.test(file));
    if (!found) return undefined;
    const text = readFileSync(join(folder, found), 'utf8');
    return text === '' ? undefined : { name: found, text };
  };
  return until(`a download named ${name}`, find, { timeout });
}
