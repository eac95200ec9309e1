import type { Environment } from './environment.ts';
import type { Operation } from './operation.ts';

/** What the gateway did with a request; the truth that tests judge results by. */
export interface Effect {
  /** Whether the gateway itself took the request up. False if a dialect answered in its place. */
  reachedGateway: boolean;
  /**
   * Whether the request changed anything at the gateway: a QR code was cancelled or created.
   * False for reads and for the token call, and as long as a slow answer's operation is still to be done.
   */
  carriedOut: boolean;
}

/** One request that arrived, whatever its result. */
export interface LoggedRequest extends Effect {
  /** Arrival, milliseconds since 1970. */
  at: number;
  method: string;
  /** The path exactly as it came, undecoded, without the query. */
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
  /** The HTTP status sent, as soon as it is; missing while none was, and for good after a drop or silence. */
  answeredStatus?: number;
  /** Bytes of the body handed to the connection so far; tells how much of a huge answer was taken. */
  answeredBytes?: number;
}

/** Everything the gateway was asked, in order of arrival. The proof of what was, and was not, sent. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  readonly #watchers = new Set<() => void>();

  /** Writes a request down. Later changes to the entry show in what was handed out before. */
  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** All requests. */
  all(): LoggedRequest[] {
    return [...this.#entries];
  }

  /** The requests for one operation, and for one QR code where an id is given. */
  of(operation: Operation, qrCodeId?: string): LoggedRequest[] {
    return this.#entries.filter(
      (entry) => entry.operation === operation && (qrCodeId === undefined || entry.qrCodeId === qrCodeId),
    );
  }

  /** Forgets all requests. */
  clear(): void {
    this.#entries = [];
  }

  /**
   * Waits until at least `count` requests for an operation have arrived and answers them; they need
   * not be answered yet. Rejects after `timeoutMs` milliseconds, saying how many there were.
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
