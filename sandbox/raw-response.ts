/** What goes over the wire in answer to a call. */
export type Delivery =
  | {
      way: 'whole';
      httpStatus: number;
      headers: Record<string, string>;
      body: string;
      /** Of a search: how many QR codes match on all pages. For dialects; not sent. */
      matches?: number;
    }
  /** Announces the whole body, sends half of it and breaks the connection off. */
  | { way: 'broken-off'; httpStatus: number; headers: Record<string, string>; body: string }
  | { way: 'huge'; bytes: number; announced: boolean }
  | { way: 'drop' }
  | { way: 'silence' };

/** A whole answer of any kind. */
export function wholeDelivery(
  httpStatus: number,
  headers: Record<string, string>,
  body: string,
): Delivery & { way: 'whole' } {
  return { way: 'whole', httpStatus, headers, body };
}

/** A whole answer with JSON. */
export function jsonDelivery(httpStatus: number, json: unknown): Delivery & { way: 'whole' } {
  return wholeDelivery(httpStatus, { 'content-type': 'application/json' }, JSON.stringify(json));
}
