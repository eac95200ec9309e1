/**
 * Asks the browser never to evict the journal and the key that encrypts the vault. Firefox may evict an extension's
 * storage unless `persist()` was called; with the permission `unlimitedStorage` it grants that without a prompt (measured
 * with Firefox 153). In Chromium the permission alone suffices, and `persist()` is missing in service workers. Only the
 * background calls this, because in a container tab Firefox would prompt the user.
 */
export async function keepStorage(): Promise<void> {
  const { persist } = navigator.storage as Partial<StorageManager>;
  await persist?.call(navigator.storage).catch(() => false);
}
