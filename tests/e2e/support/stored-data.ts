import type { Page, Target } from 'puppeteer-core';
import type { ChromiumSession } from '../../harness/chromium.ts';

interface StorageArea {
  get(key: null): Promise<unknown>;
}

interface StorageApi {
  storage: Record<'local' | 'session' | 'sync', StorageArea> & {
    onChanged: { addListener(listener: (changes: unknown, area: string) => void): void };
  };
}

/** Everything that the extension has stored, as its pages can read it. */
export function storedData(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { storage } = (globalThis as unknown as { chrome: StorageApi }).chrome;
    const stored: unknown[] = await Promise.all(
      (['local', 'session', 'sync'] as const).map((area) => storage[area].get(null)),
    );
    const settled = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames)
        stored.push(await settled(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    stored.push({ ...localStorage }, { ...sessionStorage }, await caches.keys());
    return JSON.stringify(stored);
  });
}

/** Records every change of the extension's storage from now on, including entries that are removed at once. */
export async function collectStorageChanges(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const changes: unknown[] = [];
    Object.assign(globalThis, { storageChanges: changes });
    const { storage } = (globalThis as unknown as { chrome: StorageApi }).chrome;
    storage.onChanged.addListener((change, area) => changes.push([area, change]));
  });
  return () =>
    page.evaluate(() =>
      JSON.stringify((globalThis as unknown as { storageChanges: unknown }).storageChanges),
    );
}

/** Records the requests of the extension's pages and worker from now on: method, address and body. */
export async function collectRequests({ browser, origin }: ChromiumSession): Promise<string[]> {
  const requests: string[] = [];
  async function follow(target: Target): Promise<void> {
    if (!target.url().startsWith(origin) && target.url() !== '') return;
    const session = await target.createCDPSession();
    session.on('Network.requestWillBeSent', ({ request: { method, url, postData = '' } }) => {
      // Pages show pictures from memory, which is no request.
      if (!/^(?:data|blob):/.test(url)) requests.push(`${method} ${url} ${postData}`);
    });
    await session.send('Network.enable');
  }
  // Ignore a target that closes before the session is attached.
  const followIfThere = (target: Target) => follow(target).catch(() => undefined);
  browser.on('targetcreated', (target) => void followIfThere(target));
  browser.on('targetchanged', (target) => void followIfThere(target));
  await Promise.all(browser.targets().map(followIfThere));
  return requests;
}
