/**
 * Asks the browser never to evict the journal and the key that seals the vault. Firefox evicts the storage of an
 * extension until it is asked; with the permission `unlimitedStorage` it grants that without a question (measured with
 * 153). Chromium needs no asking with that permission, and offers none in a service worker. In a container tab Firefox
 * does ask the user, so pages leave it to the background.
 */
export async function keepStorage(): Promise<void> {
  const { persist } = navigator.storage as Partial<StorageManager>;
  await persist?.call(navigator.storage).catch(() => false);
}
