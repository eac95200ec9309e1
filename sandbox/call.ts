import type { Environment } from './environment.ts';
import type { Operation } from './operation.ts';

/** One request to the gateway, taken apart. */
export interface Call {
  operation: Operation;
  environment: Environment;
  method: string;
  /** The path exactly as it came, without the query. */
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

/** What the gateway makes of a call: an HTTP status and the JSON to answer. */
export interface Outcome {
  httpStatus: number;
  json: unknown;
  /** Whether the call changed anything: a QR code was cancelled or created. */
  carriedOut?: true;
  /** For a search: how many QR codes match, on all pages together. */
  matches?: number;
}
