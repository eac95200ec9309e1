/** What goes over the wire in answer to a call. */
export type Delivery =
  | { way: 'whole'; httpStatus: number; headers: Record<string, string>; body: string }
  /** Announces the whole body, sends half of it and breaks the connection off. */
  | { way: 'broken-off'; httpStatus: number; headers: Record<string, string>; body: string }
  | { way: 'huge'; bytes: number; announced: boolean }
  | { way: 'drop' }
  | { way: 'silence' };

/** A whole answer with JSON. */
export function jsonDelivery(httpStatus: number, json: unknown): Delivery & { way: 'whole' } {
  return {
    way: 'whole',
    httpStatus,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  };
}
