import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

interface HelperCall {
  id: number;
  name: string;
  request: unknown;
}

interface Answered {
  id: number;
  answer?: unknown;
  error?: string;
}

/** The functions of a helper, by name. */
export type Duties = Readonly<Record<string, (request: never) => unknown>>;

/** A child process, so that it shares no event loop with the measured code. */
export class Helper<D extends Duties> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answered: Answered) => void>();
  #lastId = 0;

  /** Starts a script that calls `serve`. */
  constructor(script: string) {
    this.#child = fork(script);
    this.#child.on('message', (answered: Answered) => this.#waiting.get(answered.id)?.(answered));
    this.#child.on('exit', () => {
      for (const [id, settle] of this.#waiting) settle({ id, error: `${script} has ended` });
    });
  }

  /** Calls a function in the helper. Rejects with its error, or if the process ends. */
  async ask<Name extends keyof D & string>(
    name: Name,
    request: Parameters<D[Name]>[0],
  ): Promise<Awaited<ReturnType<D[Name]>>> {
    this.#lastId += 1;
    const call: HelperCall = { id: this.#lastId, name, request };
    const answered = await new Promise<Answered>((resolve) => {
      this.#waiting.set(call.id, resolve);
      this.#child.send(call);
    });
    this.#waiting.delete(call.id);
    if (answered.error !== undefined) throw new Error(answered.error);
    return answered.answer as Awaited<ReturnType<D[Name]>>;
  }

  async close(): Promise<void> {
    const exited = this.#child.exitCode === null ? once(this.#child, 'exit') : undefined;
    if (this.#child.connected) this.#child.disconnect();
    await exited;
  }
}

/** Serves function calls until the parent process disconnects. */
export function serve(duties: Duties): void {
  process.on('message', async ({ id, name, request }: HelperCall) => {
    const reply = (answered: Answered) => process.send?.(answered);
    try {
      reply({ id, answer: await duties[name]?.(request as never) });
    } catch (error) {
      reply({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  process.once('disconnect', () => process.exit());
}
