import type { DialectOptions } from './dialects/dialect.ts';
import type { DialectName } from './dialects.ts';

/**
 * Parses a command line's `NAME` or `NAME:option=value,option=value`. Digits become numbers, and `on` is a list
 * separated by plus signs. The registry validates names and options.
 */
export function readDialectArgument(argument: string): [DialectName, DialectOptions] {
  const [name = '', written = ''] = argument.split(/:(.*)/s);
  const options = written
    .split(',')
    .filter((option) => option !== '')
    .map((option) => {
      const [key = '', value = ''] = option.split(/=(.*)/s);
      return [key, readOption(key, value)] as const;
    });
  return [name as DialectName, Object.fromEntries(options)];
}

function readOption(key: string, value: string): unknown {
  if (key === 'on') return value.split('+');
  return key !== 'qrCodeId' && /^-?\d+$/.test(value) ? Number(value) : value;
}
