import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { BenchBrowser } from './browser.ts';
import { attachToWorker } from './worker-traffic.ts';

const MEGABYTE = 1024 ** 2;

interface HeapUsage {
  usedSize: number;
  backingStorageSize?: number;
}

/** A running job has requests, answers and writes in flight, some megabyte at times. The least of several looks is what stays. */
const LOOKS = 10;
const LOOK_EVERY_MS = 200;

/** The heap that an extension's running worker keeps after garbage collections, with its buffers, in megabytes. */
export async function workerHeapMegabytes(browser: BenchBrowser, origin: string): Promise<number> {
  const session = await attachToWorker(browser, origin);
  const send = <Result>(method: string) => browser.cdp.send<Result>(method, {}, session);
  try {
    let least = Number.POSITIVE_INFINITY;
    for (let look = 0; look < LOOKS; look += 1) {
      // Objects with finalizers are freed by the second collection.
      for (let times = 0; times < 2; times += 1) await send('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize = 0 } = await send<HeapUsage>('Runtime.getHeapUsage');
      least = Math.min(least, (usedSize + backingStorageSize) / MEGABYTE);
      await wait(LOOK_EVERY_MS);
    }
    return least;
  } finally {
    await browser.cdp.send('Target.detachFromTarget', { sessionId: session });
  }
}

/** The resident memory of the only extension's process, in megabytes. Needs Linux. */
export async function extensionProcessMegabytes({ cdp }: BenchBrowser): Promise<number> {
  const { processInfo } = await cdp.send<{ processInfo: { id: number }[] }>('SystemInfo.getProcessInfo');
  const own = processInfo.filter(({ id }) =>
    readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--extension-process'),
  );
  const [process, another] = own;
  if (!process || another) throw new Error(`There are ${own.length} processes of extensions`);
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${process.id}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
