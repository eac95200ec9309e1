import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

interface Finding {
  code: string;
  file: string;
}

interface LintReport {
  errors: Finding[];
  notices: Finding[];
  warnings: Finding[];
}

it('web-ext lint has no findings in the Firefox build', () => {
  const args = [
    'node_modules/web-ext/bin/web-ext.js',
    'lint',
    '--source-dir',
    '.output/firefox-mv3',
    '--output',
    'json',
  ];
  const report: LintReport = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  expect(report.errors).toEqual([]);
  expect(report.notices).toEqual([]);
  expect(report.warnings).toEqual([]);
});
