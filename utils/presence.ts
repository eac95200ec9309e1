import { browser } from 'wxt/browser';

const PREFIX = 'on-screen:';

/** Tells the background, for as long as this page is open, that it is there. Survives the worker's deaths. */
export function tellPresence(page: string): void {
  const port = browser.runtime.connect({ name: PREFIX + page });
  port.onDisconnect.addListener(() => tellPresence(page));
}

export interface Presence {
  /** Whether a page of that name is open and can show a result. */
  has(page: string): boolean;
}

/** Counts the open pages. To be called in the worker's first turn. */
export function watchPresence(): Presence {
  const ports = new Set<{ name: string }>();
  browser.runtime.onConnect.addListener((port) => {
    if (!port.name.startsWith(PREFIX) || port.sender?.id !== browser.runtime.id) return port.disconnect();
    ports.add(port);
    port.onDisconnect.addListener(() => ports.delete(port));
  });
  return { has: (page) => [...ports].some(({ name }) => name === PREFIX + page) };
}
