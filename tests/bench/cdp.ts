import type { Readable, Writable } from 'node:stream';

type Params = Record<string, unknown>;
type Listener = (params: Params, sessionId: string | undefined) => void;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Incoming {
  id?: number;
  method?: string;
  params?: Params;
  sessionId?: string;
  result?: unknown;
  error?: { message: string };
}

/**
 * A minimal client of the DevTools protocol over the browser's pipe. A test driver attaches to every worker, which halves
 * its throughput. This client attaches only on request.
 */
export class Cdp {
  readonly #to: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #lastId = 0;
  #rest = '';

  /** Uses the two pipes of a browser started with `--remote-debugging-pipe`. */
  constructor(to: Writable, from: Readable) {
    this.#to = to;
    from.setEncoding('utf8');
    from.on('data', (text: string) => this.#take(text));
    from.on('close', () => this.#end());
    to.on('error', () => this.#end());
  }

  /** Sends a command to a session, by default the browser, and returns its result. Rejects with its error. */
  send<Result>(method: string, params: Params = {}, sessionId?: string): Promise<Result> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (result) => resolve(result as Result),
        reject: ({ message }) => reject(new Error(`${method}: ${message}`)),
      });
      this.#to.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });
  }

  /** Adds a listener for an event, and returns a function that removes it. */
  on(method: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(method) ?? new Set();
    this.#listeners.set(method, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split('\0');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#understand(JSON.parse(part) as Incoming);
  }

  #understand({ id, method, params = {}, sessionId, result, error }: Incoming): void {
    if (id === undefined) {
      for (const listener of this.#listeners.get(method ?? '') ?? []) listener(params, sessionId);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }

  #end(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('The browser has ended.'));
    this.#waiting.clear();
  }
}
