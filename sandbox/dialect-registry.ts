import * as v from 'valibot';
import type { Call } from './call.ts';
import {
  DIALECT_OPTIONS,
  type Dialect,
  type DialectOptions,
  type Layer,
  type Next,
  type World,
} from './dialects/dialect.ts';
import { DIALECTS, type DialectName } from './dialects.ts';
import type { RawResponse } from './raw-response.ts';

/** An active dialect, which counts the requests that match its options. */
interface Active {
  name: DialectName;
  options: DialectOptions;
  answer(call: Call, next: Next): RawResponse | Promise<RawResponse>;
}

/** The active dialects, as layers. A dialect added later wraps those added before. */
export class DialectRegistry {
  readonly #world: World;
  #active: Active[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * Adds a dialect as the outermost layer. A dialect that is active already restarts with these options. Throws an Error
   * that explains the problem if a name or an option is invalid.
   */
  use(name: DialectName, options: DialectOptions = {}): void {
    if (!Object.hasOwn(DIALECTS, name)) {
      throw new Error(`Unknown dialect ${name}; known: ${Object.keys(DIALECTS).join(', ')}`);
    }
    const dialect: Dialect = DIALECTS[name];
    const checked = v.safeParse(DIALECT_OPTIONS, options);
    if (!checked.success) throw new Error(`Dialect ${name}: ${v.summarize(checked.issues)}`);
    const unknown = unknownOption(dialect, checked.output);
    if (unknown !== undefined) throw new Error(`Dialect ${name} takes no option ${unknown}`);
    this.clear(name);
    const all = { ...dialect.defaults, ...checked.output };
    const layer = dialect.start(all, this.#world);
    this.#active.push({
      name,
      options: all,
      answer: gate(all, dialect, layer, () => dialect.afterwards?.(this.#world)),
    });
  }

  /** Removes one dialect, or all. Their changes to the gateway's state stay. */
  clear(name?: DialectName): void {
    this.#active = name === undefined ? [] : this.#active.filter((active) => active.name !== name);
  }

  /** The active dialects with their effective options, the innermost first. */
  list(): ({ name: DialectName } & DialectOptions)[] {
    return this.#active.map(({ name, options }) => ({ name, ...options }));
  }

  /** Answers a call through the active dialects. `gateway` answers the calls that they pass on. */
  async answer(call: Call, gateway: Next): Promise<RawResponse> {
    const outermost = this.#active.reduce<Next>(
      (next, active) => async (each) => active.answer(each, next),
      gateway,
    );
    return outermost(call);
  }
}

function unknownOption(dialect: Dialect, options: DialectOptions): string | undefined {
  const known: string[] = ['on', 'qrCodeId', 'after', 'every', ...(dialect.takes ?? [])];
  return Object.keys(options).find((name) => !known.includes(name));
}

/** Passes the requests that the options exempt on unchanged. */
function gate(options: DialectOptions, dialect: Dialect, layer: Layer, afterwards: () => void): Layer {
  const { on = dialect.on, qrCodeId, after, every = 1 } = options;
  const passing = after ?? 0;
  let seen = 0;
  return (call, next) => {
    if (!on.includes(call.operation) || (qrCodeId !== undefined && qrCodeId !== call.qrCodeId)) {
      return next(call);
    }
    seen += 1;
    if (after !== undefined && seen === passing + 1) afterwards();
    const applies = seen > passing && (seen - passing) % every === 0;
    return applies ? layer(call, next) : next(call);
  };
}
