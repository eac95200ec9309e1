import { readFileSync } from 'node:fs';
import type { BenchBrowser } from './browser.ts';
import { attachToWorker } from './worker-traffic.ts';

const MEGABYTE = 1024 ** 2;

interface HeapUsage {
  usedSize: number;
  backingStorageSize?: number;
}

/** The heap in use of an extension's running worker after a garbage collection, with its buffers, in megabytes. */
export async function workerHeapMegabytes(browser: BenchBrowser, origin: string): Promise<number> {
  const session = await attachToWorker(browser, origin);
  const send = <Result>(method: string) => browser.cdp.send<Result>(method, {}, session);
  try {
    // Objects with finalizers are freed by the second collection.
    for (let times = 0; times < 2; times += 1) await send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = await send<HeapUsage>('Runtime.getHeapUsage');
    return (usedSize + backingStorageSize) / MEGABYTE;
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
