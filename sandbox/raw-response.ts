/** The response to a call, as sent over the wire. */
export type RawResponse =
  | {
      mode: 'whole';
      httpStatus: number;
      headers: Record<string, string>;
      body: string;
      /** For a search: the number of matching QR codes on all pages. For dialects; not sent. */
      matches?: number;
    }
  /** Announces the whole body, sends half of it and closes the connection. */
  | { mode: 'broken-off'; httpStatus: number; headers: Record<string, string>; body: string }
  | { mode: 'huge'; bytes: number; announced: boolean }
  | { mode: 'drop' }
  | { mode: 'silence' };

/** A complete response of any type. */
export function wholeDelivery(
  httpStatus: number,
  headers: Record<string, string>,
  body: string,
): RawResponse & { mode: 'whole' } {
  return { mode: 'whole', httpStatus, headers, body };
}

/** A complete response with JSON. */
export function jsonDelivery(httpStatus: number, json: unknown): RawResponse & { mode: 'whole' } {
  return wholeDelivery(httpStatus, { 'content-type': 'application/json' }, JSON.stringify(json));
}
