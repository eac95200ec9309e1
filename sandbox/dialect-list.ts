import { DIALECTS } from './dialects.ts';

const LINE_WIDTH = 110;

/** All dialects with their descriptions and options, one a line. */
export function dialectList(): string {
  const entries = Object.entries(DIALECTS);
  const width = Math.max(...entries.map(([name]) => name.length));
  const lines = entries.map(([name, dialect]) => {
    const takes = 'takes' in dialect ? `  [${dialect.takes.join(', ')}]` : '';
    return `${name.padEnd(width)}  ${dialect.description}${takes}`;
  });
  return `${lines.join('\n')}

Options of all: on=get+search (operations: token, get, search, create, cancel, other), qrCodeId=ID,
after=N (that many requests pass first), every=N (strikes each N-th). Those in brackets are a dialect's own.
  --dialect NAME:option=value,option=value`;
}

/** The names of all dialects, wrapped into lines. */
export function dialectNames(): string {
  const lines = [''];
  for (const name of Object.keys(DIALECTS)) {
    const line = lines.at(-1) ?? '';
    if (line.length + name.length > LINE_WIDTH) lines.push(`  ${name}`);
    else lines[lines.length - 1] = `${line}  ${name}`;
  }
  return lines.join('\n');
}
