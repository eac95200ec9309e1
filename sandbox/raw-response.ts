/** What goes over the wire in answer to a call. */
export type RawResponse =
  | {
      mode: 'whole';
      httpStatus: number;
      headers: Record<string, string>;
      body: string;
      /** Of a search: how many QR codes match on all pages. For dialects; not sent. */
      matches?: number;
    }
  /** Announces the whole body, sends half of it and breaks the connection off. */
  | { mode: 'broken-off'; httpStatus: number; headers: Record<string, string>; body: string }
  | { mode: 'huge'; bytes: number; announced: boolean }
  | { mode: 'drop' }
  | { mode: 'silence' };

/** A whole answer of any kind. */
export function wholeDelivery(
  httpStatus: number,
  headers: Record<string, string>,
  body: string,
): RawResponse & { mode: 'whole' } {
  return { mode: 'whole', httpStatus, headers, body };
}

/** A whole answer with JSON. */
export function jsonDelivery(httpStatus: number, json: unknown): RawResponse & { mode: 'whole' } {
  return wholeDelivery(httpStatus, { 'content-type': 'application/json' }, JSON.stringify(json));
}
