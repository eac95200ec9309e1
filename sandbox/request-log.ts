import type { Environment } from './environment.ts';
import type { Operation } from './operation.ts';

/** The gateway's effect of a request, against which tests compare reported results. */
export interface Effect {
  /** Whether the request reached the gateway. False if a dialect answered instead. */
  reachedGateway: boolean;
  /**
   * Whether the request changed anything at the gateway: it cancelled or created a QR code. False for reads and the token
   * call, and until the operation of a slow response is applied.
   */
  carriedOut: boolean;
}

/** One request that arrived, with any result. */
export interface LoggedRequest extends Effect {
  /** The time of arrival, in milliseconds since 1970. */
  at: number;
  method: string;
  /** The path as received, undecoded, without the query. */
  path: string;
  /** The query with its question mark, or an empty string. */
  query: string;
  host: string;
  environment: Environment;
  /** `1.1` or `2.0`. */
  httpVersion: string;
  /** Names in lower case, without HTTP/2's pseudo-headers. */
  headers: Record<string, string>;
  body: string;
  operation: Operation;
  qrCodeId?: string;
  origin?: string;
  /** The HTTP status, once sent. Stays missing after a drop or without a response. */
  answeredStatus?: number;
  /** The bytes of the body written to the connection so far, which shows how much of a huge response was read. */
  answeredBytes?: number;
}

/** All requests, in order of arrival. Tests prove with it which requests the extension sent. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  readonly #watchers = new Set<() => void>();

  /** Adds a request. Entries that were returned before reflect later changes. */
  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** All requests. */
  all(): LoggedRequest[] {
    return [...this.#entries];
  }

  /** The requests for one operation and, if an id is given, for one QR code. */
  of(operation: Operation, qrCodeId?: string): LoggedRequest[] {
    return this.#entries.filter(
      (entry) => entry.operation === operation && (qrCodeId === undefined || entry.qrCodeId === qrCodeId),
    );
  }

  /** Removes all requests. */
  clear(): void {
    this.#entries = [];
  }

  /**
   * Waits until at least `count` requests for an operation have arrived, and returns them, with or without a response.
   * Rejects with the number of requests after `timeoutMs` milliseconds.
   */
  waitFor(operation: Operation, count: number, timeoutMs: number): Promise<LoggedRequest[]> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const found = this.of(operation);
        if (found.length < count) return;
        stop();
        resolve(found);
      };
      const timer = setTimeout(() => {
        stop();
        const found = this.of(operation).length;
        reject(new Error(`Waited ${timeoutMs} ms for ${count} × ${operation}, saw ${found}`));
      }, timeoutMs);
      const stop = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(check);
      };
      this.#watchers.add(check);
      check();
    });
  }
}
