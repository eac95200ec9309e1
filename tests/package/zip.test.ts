import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve('.');
/** Folders that a build does not read. */
const NO_SOURCES = new Set(['.git', '.output', '.wxt', 'node_modules', 'docs']);
const PACKAGES = ['chrome', 'firefox', 'sources'] as const;

type Packages = Record<(typeof PACKAGES)[number], Buffer>;

let place: string;
let once: Packages;
let again: Packages;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'qr-cancel-packages-'));
  const checkout = join(place, 'checkout');
  cpSync(ROOT, checkout, {
    recursive: true,
    filter: (file) => !NO_SOURCES.has(String(relative(ROOT, file).split(sep)[0])),
  });
  once = zipBoth(checkout, 'Asia/Kolkata');
  // Builds from the submitted sources, in another folder and at another time, as a reviewer does.
  const handedIn = join(place, 'handed', 'in');
  for (const [name, content] of filesIn(once.sources)) {
    const file = join(handedIn, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  again = zipBoth(handedIn, 'America/New_York');
}, 180_000);
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe.each(PACKAGES)('the package “%s”', (name) => {
  it('is identical to the byte if it is built again from its own sources', () => {
    expect(again[name].equals(once[name])).toBe(true);
  });
});

it('the store packages contain only the build', () => {
  for (const name of ['chrome', 'firefox'] as const) {
    const files = [...filesIn(once[name]).keys()];
    expect(files).toContain('manifest.json');
    expect(files.filter((file) => /\.(?:map|tsx?|env)$|(?:^|\/)\./.test(file))).toEqual([]);
  }
});

/** Runs the same as `npm run zip` in a folder with only the sources. */
function zipBoth(root: string, TZ: string): Packages {
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
  const wxt = join(ROOT, 'node_modules/wxt/bin/wxt.mjs');
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  for (const args of [[], ['-b', 'firefox', '--mv3']])
    execFileSync(process.execPath, [wxt, 'zip', ...args], { cwd: root, env: { ...env, TZ }, stdio: 'pipe' });
  const out = join(root, '.output');
  const read = (name: string) => {
    const [file, ...more] = readdirSync(out).filter((candidate) => candidate.endsWith(`-${name}.zip`));
    if (!file || more.length > 0) throw new Error(`There is not one package “${name}” in ${out}`);
    return readFileSync(join(out, file));
  };
  return { chrome: read('chrome'), firefox: read('firefox'), sources: read('sources') };
}

/** The files of a zip by name, read in order. */
function filesIn(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const LOCAL_HEADER = 0x04034b50;
  for (let at = 0; zip.readUInt32LE(at) === LOCAL_HEADER; ) {
    const isDeflated = zip.readUInt16LE(at + 8) !== 0;
    const size = zip.readUInt32LE(at + 18);
    const nameEnd = at + 30 + zip.readUInt16LE(at + 26);
    const start = nameEnd + zip.readUInt16LE(at + 28);
    const content = zip.subarray(start, start + size);
    files.set(zip.toString('utf8', at + 30, nameEnd), isDeflated ? inflateRawSync(content) : content);
    at = start + size;
  }
  return files;
}
