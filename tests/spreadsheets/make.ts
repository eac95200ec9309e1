import { execFileSync } from 'node:child_process';

/** Writes codes.xlsx, codes.ods and codes.xls from codes.fods by LibreOffice Calc, which has to be installed. */
for (const format of ['xlsx', 'ods', 'xls'])
  execFileSync('soffice', ['--headless', '--convert-to', format, 'codes.fods'], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  });
