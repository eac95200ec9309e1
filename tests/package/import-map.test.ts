import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** The map of CONTRIBUTING.md, from top to bottom. A folder may import its own row and the rows below. */
const ROWS = [
  ['entrypoints'],
  ['components'],
  ['utils/stores'],
  ['utils/wording'],
  ['utils/accounts', 'utils/find', 'utils/review', 'utils/search'],
  ['utils/bulk', 'utils/messaging'],
  ['utils/history', 'utils/qr-code', 'utils/settings'],
  ['utils/enkash', 'utils/journal', 'utils/navigation', 'utils/vault'],
  ['utils/model', 'utils/qr-code-id', 'utils/qr-picture'],
  ['utils/browser', 'utils/i18n'],
  ['utils/lib'],
];
const FOLDERS = ROWS.flat();
const rowOf = (folder: string) => ROWS.findIndex((row) => row.includes(folder));

const specifier = (from: string, to: string) => {
  const up = from.startsWith('utils/') ? '../' : '../../';
  return from.startsWith('utils/') && to.startsWith('utils/')
    ? `../${to.slice('utils/'.length)}/probe.ts`
    : `${up.repeat(from.startsWith('utils/') ? 2 : 1)}${to}/page/probe.ts`;
};

/** Lints one file a folder, each with the imports given, by the rules of this repository. */
function lint(importsOf: (folder: string) => readonly string[]): string[] {
  const root = mkdtempSync(join(tmpdir(), 'import-map-'));
  try {
    const { vcs: _, ...rules } = JSON.parse(readFileSync('biome.json', 'utf8'));
    writeFileSync(join(root, 'biome.json'), JSON.stringify(rules));
    for (const folder of FOLDERS) {
      const path = join(root, folder, folder.startsWith('utils/') ? 'probe.ts' : 'page/probe.ts');
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(
        path,
        importsOf(folder)
          .map((to) => `import '${specifier(folder, to)}';\n`)
          .join(''),
      );
    }
    const { stdout } = spawnSync(
      join(process.cwd(), 'node_modules/.bin/biome'),
      ['lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none', '.'],
      { cwd: root, encoding: 'utf8' },
    );
    const { diagnostics } = JSON.parse(stdout.slice(stdout.indexOf('{')));
    return diagnostics
      .filter(({ category }: { category: string }) => category === 'lint/style/noRestrictedImports')
      .map(({ location }: { location: { path: string | { file: string } } }) =>
        typeof location.path === 'string' ? location.path : location.path.file,
      );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

it('has a row for each folder of utils', () => {
  const folders = readdirSync('utils').map((name) => `utils/${name}`);
  expect(folders.toSorted()).toEqual(FOLDERS.filter((folder) => folder.startsWith('utils/')).toSorted());
});

it('refuses every import of a row above', () => {
  const above = (folder: string) => FOLDERS.filter((other) => rowOf(other) < rowOf(folder));
  const refused = lint(above);
  const missing = FOLDERS.filter(
    (folder) => refused.filter((path) => path.startsWith(`${folder}/`)).length !== above(folder).length,
  );
  expect(missing).toEqual([]);
});

it('lets every folder import the rows below', () => {
  expect(lint((folder) => FOLDERS.filter((other) => rowOf(other) > rowOf(folder)))).toEqual([]);
});
