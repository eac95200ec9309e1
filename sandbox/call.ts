import type { Environment } from './environment.ts';
import type { Operation } from './operation.ts';

/** One parsed request to the gateway. */
export interface Call {
  operation: Operation;
  environment: Environment;
  method: string;
  /** The path as received, without the query. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  qrCodeId?: string;
  query: URLSearchParams;
  authorization?: string;
  merchantAccessKey?: string;
  contentType?: string;
  body: string;
}

/** The gateway's result of a call: an HTTP status and the JSON of the response. */
export interface Outcome {
  httpStatus: number;
  json: unknown;
  /** Whether the call changed anything: a QR code was cancelled or created. */
  carriedOut?: true;
  /** For a search: the number of matching QR codes on all pages. */
  matches?: number;
}
