import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

interface Asked {
  id: number;
  name: string;
  request: unknown;
}

interface Answered {
  id: number;
  answer?: unknown;
  error?: string;
}

/** What a helper does, by name. */
export type Duties = Readonly<Record<string, (request: never) => unknown>>;

/** Another process of ours, so that it shares no event loop with what is measured. */
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

  /** Has a duty done. Rejects with what it throws, or when the process ends. */
  async ask<Name extends keyof D & string>(
    name: Name,
    request: Parameters<D[Name]>[0],
  ): Promise<Awaited<ReturnType<D[Name]>>> {
    this.#lastId += 1;
    const asked: Asked = { id: this.#lastId, name, request };
    const answered = await new Promise<Answered>((resolve) => {
      this.#waiting.set(asked.id, resolve);
      this.#child.send(asked);
    });
    this.#waiting.delete(asked.id);
    if (answered.error !== undefined) throw new Error(answered.error);
    return answered.answer as Awaited<ReturnType<D[Name]>>;
  }

  async close(): Promise<void> {
    const exited = this.#child.exitCode === null ? once(this.#child, 'exit') : undefined;
    if (this.#child.connected) this.#child.disconnect();
    await exited;
  }
}

/** Does the duties it is asked for, until the process that started this one lets go of it. */
export function serve(duties: Duties): void {
  process.on('message', async ({ id, name, request }: Asked) => {
    const reply = (answered: Answered) => process.send?.(answered);
    try {
      reply({ id, answer: await duties[name]?.(request as never) });
    } catch (error) {
      reply({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  process.once('disconnect', () => process.exit());
}
