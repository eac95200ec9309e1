import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { buildExtension, extensionDir } from '../harness/build-extension.ts';
import { requireChromium, requireOrExit } from '../harness/find-browsers.ts';
import { runGroup } from './bench.ts';
import { ALL_GROUPS } from './cases/all.ts';
import { describeRun } from './performance/run-facts.ts';
import { storeVerdicts } from './performance/write.ts';
import { createRandom } from './random.ts';
import { exitCodeOf, reportOf } from './report.ts';
import { SampleFile } from './samples.ts';
import type { Verdict } from './verdict.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    seed: { type: 'string' },
  },
});
const known = ALL_GROUPS.map(({ name }) => name);
const unknown = options.only?.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`There is no row ${unknown}; there are ${known.join(', ')}.`);
  process.exit(1);
}

const started = Date.now();
const seed = options.seed === undefined ? started % 1_000_000 : Number(options.seed);
const random = createRandom(seed);
requireOrExit(requireChromium);
await buildExtension();
const cores = availableParallelism();
const [load = 0] = loadavg();
const file = new SampleFile({ seed, quick: options.quick, node: process.version, cores, load });
console.log(`Seed ${seed}, samples in ${file.path}`);
if (load > cores / 4)
  console.log(`Other programs are at work (load ${load.toFixed(1)}): rows may turn out void.`);

const facts = options.quick ? undefined : await describeRun(started, seed);
const verdicts: Verdict[] = [];
for (const group of ALL_GROUPS) {
  if (options.only && !options.only.includes(group.name)) continue;
  console.log(`measuring ${group.name} …`);
  const judged = await runGroup(group, { quick: options.quick, extensionDir, random, file });
  verdicts.push(...judged);
  // After each group, so that a run that is stopped keeps what it has measured.
  if (facts) storeVerdicts(facts, group.name, judged, ALL_GROUPS);
}
console.log(`\n${reportOf(verdicts)}\n\n${Math.round((Date.now() - started) / 1000)} s`);
process.exitCode = exitCodeOf(verdicts);
