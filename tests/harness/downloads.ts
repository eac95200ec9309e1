import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

// During a download, Chromium's file ends in .crdownload. Firefox's ends in .part, beside an empty file of the final name.
const unfinished = /\.(crdownload|part|tmp)$/;

interface Download {
  name: string;
  text: string;
  path: string;
}

/** Waits for the download of a file whose name matches, and returns its name, text and path. */
export function waitForDownload(
  folder: string,
  name: RegExp,
  { timeout = 10_000 }: { timeout?: number } = {},
): Promise<Download> {
  const find = (): Download | undefined => {
    const files = existsSync(folder) ? readdirSync(folder) : [];
    if (files.some((file) => unfinished.test(file))) return undefined;
    const found = files.find((file) => name.test(file));
    if (!found) return undefined;
    const path = join(folder, found);
    const text = readFileSync(path, 'utf8');
    return text === '' ? undefined : { name: found, text, path };
  };
  return until(`a download named ${name}`, find, { timeout });
}
