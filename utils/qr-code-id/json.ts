import type { TextLine } from './plain-text.ts';
import type { Row } from './rows.ts';

/** A name before a value, as in JSON and JavaScript. */
const NAMED = /["'][\w .-]{1,60}["']\s*:/;
const TOKEN = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([{}[\]:,])|["'].*|(-?\d[\d.eE+-]*|[A-Za-z_$][\w$]*)/g;

/** Whether a text is JSON or JSON lines. */
export function isJson(text: string): boolean {
  return /^[\s[(]*\{/.test(text) && NAMED.test(text);
}

/**
 * Reads JSON as a table with names as headings and objects as rows, so that names distinguish IDs. Accepts truncated and
 * nearly valid JSON, and keeps all digits of numbers.
 */
export function jsonRows(lines: readonly TextLine[]): Row[] {
  const names: string[] = [];
  const rows: { line: number; cells: string[] }[] = [];
  const stack: Level[] = [];
  for (const { line, text } of lines)
    for (const [, double, single, sign, plain] of text.matchAll(TOKEN)) {
      const level = stack.at(-1);
      if (sign === '{' || sign === '[') {
        const parent = level?.name ?? level?.parent ?? '';
        stack.push({ kind: sign, parent, name: undefined, value: undefined, row: undefined });
      } else if (sign === '}' || sign === ']') {
        if (level) putValue(level, line);
        stack.pop();
      } else if (sign === ':' && level?.kind === '{') {
        level.name = level.value ?? '';
        level.value = undefined;
      } else if (sign === ',' && level) putValue(level, line);
      else if (level && sign === undefined) {
        // A string without a closing quote is truncated, so it is no ID.
        const value = double ?? single ?? plain;
        level.value = value === undefined ? undefined : unescaped(value);
      }
    }
  for (const level of stack) putValue(level, lines.at(-1)?.line ?? 1);
  return [{ line: 0, cells: names }, ...rows];

  function putValue(level: Level, line: number): void {
    const { value } = level;
    level.value = undefined;
    if (value === undefined) return;
    const own = level.kind === '{' ? level.name : undefined;
    const title = titleOf(level.parent, own ?? '');
    let column = names.indexOf(title);
    if (column < 0) column = names.push(title) - 1;
    // Each item of an array is a row.
    if (!level.row || level.kind === '[') {
      level.row = { line, cells: [] };
      rows.push(level.row);
    }
    while (level.row.cells.length < column) level.row.cells.push('');
    level.row.cells[column] = value;
    level.name = undefined;
  }
}

interface Level {
  kind: '{' | '[';
  /** The name of the object or array in its parent. */
  parent: string;
  name: string | undefined;
  value: string | undefined;
  row: { line: number; cells: string[] } | undefined;
}

/** The heading of a value. Names such as `id` get the name of their parent as a prefix. */
function titleOf(parent: string, name: string): string {
  if (name === '') return parent;
  return /^(?:id|_id|code|value|no|number|key)$/i.test(name) && parent !== '' ? `${parent}.${name}` : name;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-f]{4})|(.))/gi, (_, hex?: string, sign?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return sign === 'n' || sign === 't' || sign === 'r' ? ' ' : (sign ?? '');
  });
}
