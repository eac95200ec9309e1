import { execFileSync } from 'node:child_process';

/** Converts codes.fods to .xlsx, .ods and .xls with LibreOffice Calc, which must be installed. */
for (const format of ['xlsx', 'ods', 'xls'])
  execFileSync('soffice', ['--headless', '--convert-to', format, 'codes.fods'], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  });
