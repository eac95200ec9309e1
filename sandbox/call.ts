import type { Environment } from './environment.ts';
import type { Operation } from './operation.ts';

/** One request to the gateway, taken apart. */
export interface Call {
  operation: Operation;
  environment: Environment;
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
  /** For a search: how many QR codes match, on all pages together. */
  matches?: number;
}
