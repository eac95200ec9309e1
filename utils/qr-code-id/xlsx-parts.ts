import { isDateFormat } from './number-text.ts';
import { createTextFilter, IGNORES_ALL, isTrue, localName, type Pause, unescapeText } from './xlsx-xml.ts';
import { readXml } from './xml-events.ts';
import { type Zip, ZipError } from './zip.ts';

/** A reference from one part of the package to another. */
export interface Relation {
  id: string;
  type: string;
  target: string;
}

/** Matches relations by the end of their type, because the strict form has other namespaces. */
export function isOf(kind: string): (relation: Relation) => boolean {
  return ({ type }) => type.endsWith(`/${kind}`);
}

/** The path of the relations of a part. */
export function relationsOf(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  return `${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`;
}

/** Reads the relations in a file. Their targets are relative to the part `from`. */
export async function readRelations(zip: Zip, from: string, path: string, pause: Pause): Promise<Relation[]> {
  const relations: Relation[] = [];
  await readXml(zip, path, pause, {
    ...IGNORES_ALL,
    open(name, { Id = '', Type = '', Target = '' }) {
      if (localName(name) === 'Relationship')
        relations.push({ id: Id, type: Type, target: resolvePath(from, Target) });
    },
  });
  return relations;
}

function resolvePath(from: string, target: string): string {
  return decodeURI(new URL(target, `https://package.invalid/${from}`).pathname).slice(1);
}

/** Reads the sheets of the workbook and its date system. Throws {@link ZipError} `damaged` if there is no workbook. */
export async function readWorkbook(zip: Zip, path: string, pause: Pause) {
  const sheets: { name: string; hidden: boolean; relation: string | undefined }[] = [];
  let date1904 = false;
  const found = await readXml(zip, path, pause, {
    ...IGNORES_ALL,
    open(name, attributes) {
      const local = localName(name);
      if (local === 'workbookPr') date1904 = isTrue(attributes.date1904);
      if (local !== 'sheet') return;
      const relation = Object.keys(attributes).find((each) => each.endsWith(':id'));
      sheets.push({
        name: attributes.name ?? '',
        hidden: (attributes.state ?? 'visible') !== 'visible',
        relation: relation && attributes[relation],
      });
    },
  });
  if (!found) throw new ZipError('damaged');
  return { sheets, date1904 };
}

/** The shared texts, which cells refer to by index. */
export async function readStrings(zip: Zip, path: string | undefined, pause: Pause): Promise<string[]> {
  const strings: string[] = [];
  if (path === undefined) return strings;
  let text = '';
  const inside = createTextFilter();
  await readXml(zip, path, pause, {
    open(name) {
      const local = localName(name);
      inside.open(local);
      if (local === 'si') text = '';
    },
    close(name) {
      const local = localName(name);
      inside.close(local);
      if (local === 'si') strings.push(unescapeText(text));
    },
    text(part) {
      if (inside.isShown()) text += part;
    },
  });
  return strings;
}

/** The number format of a cell. */
export interface Style {
  isDate: boolean;
  format: string | undefined;
}

/** Reads the styles, which cells refer to by index. */
export async function readStyles(zip: Zip, path: string | undefined, pause: Pause): Promise<Style[]> {
  const formats = new Map<number, string>();
  const styles: Style[] = [];
  let inCells = false;
  if (path === undefined) return styles;
  await readXml(zip, path, pause, {
    ...IGNORES_ALL,
    open(name, { numFmtId = '0', formatCode = '' }) {
      const local = localName(name);
      const id = Number(numFmtId);
      if (local === 'numFmt') formats.set(id, formatCode);
      if (local === 'cellXfs') inCells = true;
      if (local !== 'xf' || !inCells) return;
      const format = formats.get(id);
      styles.push({ isDate: isDateFormat(id, format), format });
    },
    close(name) {
      if (localName(name) === 'cellXfs') inCells = false;
    },
  });
  return styles;
}
