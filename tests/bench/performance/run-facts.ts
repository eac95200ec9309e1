import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { launchBrowser } from '../browser.ts';
import type { RunFacts } from './results.ts';

/** The files that a run writes. They do not make its source differ from the commit. */
const WRITTEN = [':!docs/performance.md', ':!docs/pictures/latency.svg', ':!tests/bench/results.json'];

/** Describes this run: time, source, seed and machine. */
export async function describeRun(startedAt: number, seed: number): Promise<RunFacts> {
  return {
    at: new Date(startedAt).toISOString().slice(0, 16).replace('T', ' '),
    commit: commitInUse(),
    seed,
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: systemName(),
    browser: await browserName(),
    node: process.version,
  };
}

function commitInUse(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  try {
    const isChanged = git('status', '--porcelain', '--', '.', ...WRITTEN) !== '';
    return git('rev-parse', '--short', 'HEAD') + (isChanged ? '+' : '');
  } catch {
    // The sources package has no repository.
    return 'unknown';
  }
}

function systemName(): string {
  const file = '/etc/os-release';
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(text)?.[1] ?? `${type()} ${release()}`;
}

async function browserName(): Promise<string> {
  const browser = await launchBrowser({ extensions: [] });
  try {
    const { product } = await browser.cdp.send<{ product: string }>('Browser.getVersion');
    return product.replace('Headless', '').replace('/', ' ');
  } finally {
    await browser.close();
  }
}
