import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

interface LintReport {
  summary: { errors: number; warnings: number };
  errors: { code: string; message: string }[];
}

it('web-ext lint finds no error in the Firefox build', () => {
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
  expect(report.summary.errors).toBe(0);
});
