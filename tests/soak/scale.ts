/** The size of a soak. */
export interface Scale {
  items: number;
  workerKills: number;
  browserKills: number;
  seed: number;
}

const SHORT = { items: 250, workerKills: 25, browserKills: 2 };
const LONG = { items: 2_000, workerKills: 300, browserKills: 20 };

/**
 * The short soak, or the long one with SOAK=long. SOAK_ITEMS, SOAK_WORKER_KILLS, SOAK_BROWSER_KILLS and SOAK_SEED
 * override single numbers. The default seed is random.
 */
export function soakScale(env: NodeJS.ProcessEnv = process.env): Scale {
  const base = env.SOAK === 'long' ? LONG : SHORT;
  const number = (name: string, otherwise: number) => Number(env[name] ?? otherwise);
  return {
    items: number('SOAK_ITEMS', base.items),
    workerKills: number('SOAK_WORKER_KILLS', base.workerKills),
    browserKills: number('SOAK_BROWSER_KILLS', base.browserKills),
    seed: number('SOAK_SEED', Math.floor(Math.random() * 1_000_000)),
  };
}
