/** A heading that the reader of lists knows, so that it takes no id for one and looks for no other column. */
const HEADING = 'qrCodeId';

/** Ids as a list for the bulk tab, which reads back exactly these. */
export function listOfIds(ids: readonly string[]): string {
  return [HEADING, ...ids].join('\n');
}
