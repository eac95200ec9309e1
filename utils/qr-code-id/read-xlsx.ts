import type { Spreadsheet } from './spreadsheet.ts';
import { isOf, readRelations, readStrings, readStyles, readWorkbook, relationsOf } from './xlsx-parts.ts';
import { cellReader, readWorksheet } from './xlsx-worksheet.ts';
import type { Pause } from './xlsx-xml.ts';
import { type Zip, ZipError } from './zip.ts';

/** The part that locates the workbook. */
const ROOT_RELATIONS = '_rels/.rels';

/** Opens an Excel workbook (ECMA-376, also in its strict form). Throws {@link ZipError} if it is damaged. */
export async function openXlsx(zip: Zip, pause: Pause): Promise<Spreadsheet> {
  const [main] = (await readRelations(zip, '', ROOT_RELATIONS, pause)).filter(isOf('officeDocument'));
  const path = main?.target ?? 'xl/workbook.xml';
  const { sheets, date1904 } = await readWorkbook(zip, path, pause);
  const relations = await readRelations(zip, path, relationsOf(path), pause);
  const isWorksheet = isOf('worksheet');
  const worksheets = sheets.flatMap((sheet) => {
    const part = relations.find(({ id }) => id === sheet.relation);
    return part && isWorksheet(part) ? [{ ...sheet, target: part.target }] : [];
  });
  if (worksheets.length === 0) throw new ZipError('damaged');
  return {
    sheets: worksheets.map(({ name, hidden }) => ({ name, hidden })),
    async read(index) {
      const sheet = worksheets[index];
      if (!sheet) throw new RangeError(`There is no sheet ${index}`);
      const strings = await readStrings(zip, relations.find(isOf('sharedStrings'))?.target, pause);
      const styles = await readStyles(zip, relations.find(isOf('styles'))?.target, pause);
      const toCell = cellReader({ strings, styles, dates: date1904 ? 1904 : 1900 });
      const read = await readWorksheet(zip, sheet.target, toCell, pause);
      return { name: sheet.name, ...(sheet.hidden && { hidden: true }), ...read };
    },
  };
}
