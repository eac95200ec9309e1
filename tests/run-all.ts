import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { requireChromium, requireFirefox, requireOrExit } from './harness/find-browsers.ts';

/** Where each part of the tests leaves its count. */
const REPORTS = '.output/reports';

interface Counts {
  numPassedTests: number;
  numFailedTests: number;
  success: boolean;
}

interface Total {
  passed: number;
  failed: number;
}

/** One after the other; the first two are what the rest needs. */
const BUILDS = ['build', 'build:firefox'].map((name) => () => runScript(name));
/**
 * What runs beside each other, each line one part after the other. Every part has browsers, gateways, screens and
 * profiles of its own; all read the same builds, and none writes them.
 */
const LINES = [
  [() => runTests('e2e-chromium')],
  [() => runScript('check'), ...['unit', 'package', 'e2e-firefox'].map((name) => () => runTests(name))],
];
/** Kills browsers at random moments, so nothing else may take its processor time. */
const ALONE = [() => runTests('soak')];

/** Everything that has to hold. */
async function main(): Promise<void> {
  requireOrExit(requireChromium, requireFirefox);
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const totals = [await inOrder(BUILDS), ...(await Promise.all(LINES.map(inOrder))), await inOrder(ALONE)];
  const sum = (of: keyof Total) => totals.reduce((all, total) => all + total[of], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

async function inOrder(parts: readonly (() => Promise<Total>)[]): Promise<Total> {
  const total = { passed: 0, failed: 0 };
  for (const part of parts) {
    const { passed, failed } = await part();
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

/** Runs an npm script; it counts as one test. */
async function runScript(name: string): Promise<Total> {
  const succeeded = await run(`npm run ${name}`, ['npm', 'run', '--silent', name]);
  return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs the tests of one Vitest project. A run that broke off without a count is one failure. */
async function runTests(project: string): Promise<Total> {
  const report = `${REPORTS}/${project}.json`;
  const args = ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'];
  const succeeded = await run(`tests: ${project}`, ['npx', ...args, `--outputFile.json=${report}`]);
  try {
    const counts: Counts = JSON.parse(readFileSync(report, 'utf8'));
    const failed = counts.numFailedTests || (succeeded && counts.success ? 0 : 1);
    return { passed: counts.numPassedTests, failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Runs a command, and prints what it wrote when it has ended, so that parts beside each other stay readable. */
async function run(title: string, [command = '', ...args]: readonly string[]): Promise<boolean> {
  const startedAt = Date.now();
  console.log(`… ${title}`);
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const written: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      written.push(chunk);
    });
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      written.push(Buffer.from(`${error.message}\n`));
      resolve(1);
    });
    child.on('close', resolve);
  });
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  console.log(`\n— ${title} (${seconds} s${code === 0 ? '' : ', failed'})`);
  process.stdout.write(Buffer.concat(written));
  return code === 0;
}

await main();
