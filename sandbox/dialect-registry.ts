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

/** A dialect that is on; counts the requests it concerns. */
interface Active {
  name: DialectName;
  options: DialectOptions;
  answer(call: Call, next: Next): RawResponse | Promise<RawResponse>;
}

/** The dialects switched on. One switched on later stands further away from the gateway. */
export class DialectRegistry {
  readonly #world: World;
  #active: Active[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * Switches a dialect on, outermost; one that is on starts again with these options. Throws an
   * Error that says what is wrong for an unknown name or option.
   */
  use(name: DialectName, options: DialectOptions = {}): void {
    if (!Object.hasOwn(DIALECTS, name)) {
      throw new Error(`Unknown dialect ${name}; known: ${Object.keys(DIALECTS).join(', ')}`);
    }
    const dialect: Dialect = DIALECTS[name];
    const checked = v.safeParse(DIALECT_OPTIONS, options);
    if (!checked.success) throw new Error(`Dialect ${name}: ${v.summarize(checked.issues)}`);
    const stray = strayOption(dialect, checked.output);
    if (stray !== undefined) throw new Error(`Dialect ${name} takes no option ${stray}`);
    this.clear(name);
    const all = { ...dialect.defaults, ...checked.output };
    const layer = dialect.start(all, this.#world);
    this.#active.push({
      name,
      options: all,
      answer: gate(all, dialect, layer, () => dialect.afterwards?.(this.#world)),
    });
  }

  /** Switches one dialect off, or all. What they left at the gateway stays. */
  clear(name?: DialectName): void {
    this.#active = name === undefined ? [] : this.#active.filter((active) => active.name !== name);
  }

  /** The dialects that are on with all options that apply, the one nearest to the gateway first. */
  list(): ({ name: DialectName } & DialectOptions)[] {
    return this.#active.map(({ name, options }) => ({ name, ...options }));
  }

  /** Answers a call through the dialects that are on; `gateway` answers what they hand on. */
  async answer(call: Call, gateway: Next): Promise<RawResponse> {
    const outermost = this.#active.reduce<Next>(
      (next, active) => async (each) => active.answer(each, next),
      gateway,
    );
    return outermost(call);
  }
}

function strayOption(dialect: Dialect, options: DialectOptions): string | undefined {
  const taken: string[] = ['on', 'qrCodeId', 'after', 'every', ...(dialect.takes ?? [])];
  return Object.keys(options).find((name) => !taken.includes(name));
}

/** Lets the requests pass that the options exempt. */
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
    const struck = seen > passing && (seen - passing) % every === 0;
    return struck ? layer(call, next) : next(call);
  };
}
