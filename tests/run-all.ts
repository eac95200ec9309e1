import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { requireChromium, requireFirefox, requireOrExit } from './harness/find-browsers.ts';

/** Where each part of the tests leaves its count. */
const REPORTS = '.output/reports';

interface Counts {
  numPassedTests: number;
  numFailedTests: number;
  success: boolean;
}

/** Everything that has to hold, in the order in which a failure is cheapest to learn of. */
function main(): void {
  requireOrExit(requireChromium, requireFirefox);
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const total = { passed: 0, failed: 0 };
  const add = ({ passed, failed }: typeof total) => {
    total.passed += passed;
    total.failed += failed;
  };
  add(runScript('check'));
  add(runScript('build'));
  add(runScript('build:firefox'));
  for (const project of ['unit', 'package', 'e2e-chromium', 'soak', 'e2e-firefox']) add(runTests(project));
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** Runs an npm script; it counts as one test. */
function runScript(name: string): { passed: number; failed: number } {
  console.log(`\n— npm run ${name}`);
  const { status } = spawnSync('npm', ['run', '--silent', name], { stdio: 'inherit', shell: true });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs the tests of one Vitest project. A run that broke off without a count is one failure. */
function runTests(project: string): { passed: number; failed: number } {
  console.log(`\n— tests: ${project}`);
  const report = `${REPORTS}/${project}.json`;
  const args = ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'];
  const { status } = spawnSync('npx', [...args, `--outputFile.json=${report}`], {
    stdio: 'inherit',
    shell: true,
  });
  try {
    const counts: Counts = JSON.parse(readFileSync(report, 'utf8'));
    const failed = counts.numFailedTests || (status === 0 && counts.success ? 0 : 1);
    return { passed: counts.numPassedTests, failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

main();
