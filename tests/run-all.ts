import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { requireChromium, requireFirefox, requireOrExit } from './harness/find-browsers.ts';

/** The folder for each part's report. */
const REPORTS = '.output/reports';

/** The part of Vitest's JSON report that is used here. */
interface Report {
  numPassedTests: number;
  success: boolean;
  testResults: {
    name: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

interface Total {
  passed: number;
  /** The names of the failed parts or tests, with the first line of each message. */
  failed: string[];
}

/** Run first, one after the other, because the other parts need both. */
const BUILDS = ['build', 'build:firefox'].map((name) => () => runScript(name));
/**
 * Lines run at the same time; the parts of a line run one after the other. Every part has its own browsers, gateways,
 * screens and profiles. All read the same builds, and none writes them.
 */
const LINES = [
  [() => runTests('e2e-chromium')],
  [() => runScript('check'), ...['unit', 'package', 'e2e-firefox'].map((name) => () => runTests(name))],
];
/** Runs alone, because the soak kills browsers at random moments and needs the processor. */
const ALONE = [() => runTests('soak')];

/** Runs all checks and tests. */
async function main(): Promise<void> {
  requireOrExit(requireChromium, requireFirefox);
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const totals = [await inOrder(BUILDS), ...(await Promise.all(LINES.map(inOrder))), await inOrder(ALONE)];
  const failed = totals.flatMap((total) => total.failed);
  // Repeated at the end, because the output of the parts is long.
  for (const name of failed) console.log(`failed: ${name}`);
  const passed = totals.reduce((sum, total) => sum + total.passed, 0);
  console.log(`${passed} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

async function inOrder(parts: readonly (() => Promise<Total>)[]): Promise<Total> {
  const total: Total = { passed: 0, failed: [] };
  for (const part of parts) {
    const { passed, failed } = await part();
    total.passed += passed;
    total.failed.push(...failed);
  }
  return total;
}

/** Runs an npm script, which counts as one test. */
async function runScript(name: string): Promise<Total> {
  const title = `npm run ${name}`;
  const succeeded = await run(title, ['npm', 'run', '--silent', name]);
  return succeeded ? { passed: 1, failed: [] } : { passed: 0, failed: [title] };
}

/** Runs the tests of one Vitest project. A run that ends without a report counts as one failure. */
async function runTests(project: string): Promise<Total> {
  const path = `${REPORTS}/${project}.json`;
  const args = ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'];
  const title = `tests: ${project}`;
  const succeeded = await run(title, ['npx', ...args, `--outputFile.json=${path}`]);
  try {
    const report: Report = JSON.parse(readFileSync(path, 'utf8'));
    const failed = failedTests(report);
    // For example, an error outside of a test.
    if (failed.length === 0 && !(succeeded && report.success)) failed.push(title);
    return { passed: report.numPassedTests, failed };
  } catch {
    return { passed: 0, failed: [title] };
  }
}

function failedTests({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(
        ({ fullName, failureMessages: [message = ''] }) =>
          `${relative('.', name)}: ${fullName}: ${message.split('\n')[0]}`,
      ),
  );
}

/** Runs a command, and prints its output at the end, so that the output of simultaneous parts is not mixed. */
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
