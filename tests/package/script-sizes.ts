import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The gzipped bytes of an entry script and its static imports. */
export function gzippedScript(buildDir: string, entry: string): number {
  const files = new Set<string>();
  collect(join(buildDir, entry), files);
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
}

/** The entry script of an HTML page, as a path in the build. */
export function scriptsOf(buildDir: string, page: string): string[] {
  const html = readFileSync(join(buildDir, page), 'utf8');
  return [...html.matchAll(/<script[^>]+src="\/([^"]+)"/g)].map((match) => String(match[1]));
}

function collect(file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, imported] of code.matchAll(/(?:from|import)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g))
    collect(join(dirname(file), String(imported)), files);
}
