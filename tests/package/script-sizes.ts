import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The gzipped bytes of a script and its static imports. */
export function gzippedScript(buildDir: string, entry: string): number {
  const files = new Set<string>();
  collect(join(buildDir, entry), files);
  return gzippedFiles(files);
}

/** What an HTML page loads before it runs: its scripts with their static imports, and its style sheets. */
export function firstLoad(buildDir: string, page: string): { files: string[]; gzipped: number } {
  const html = readFileSync(join(buildDir, page), 'utf8');
  const files = new Set<string>();
  for (const [, file] of html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\/([^"]+)"/g))
    collect(join(buildDir, String(file)), files);
  return { files: [...files].map((file) => relative(buildDir, file)), gzipped: gzippedFiles(files) };
}

function gzippedFiles(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
}

function collect(file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  if (!file.endsWith('.js')) return;
  const code = readFileSync(file, 'utf8');
  for (const [, imported] of code.matchAll(/(?:from|import)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g))
    collect(join(dirname(file), String(imported)), files);
}
