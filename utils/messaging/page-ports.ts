import { browser } from 'wxt/browser';
import { type Send, send } from './protocol.ts';

const PORT_PREFIX = 'on-screen:';

/**
 * Creates a `send` that also connects the page to the background, which then knows that the page can show the result. If
 * the connection ends with the worker, the next request connects again, so that an open page does not wake the worker.
 */
export function createConnectedSend(page: string): Send {
  let connected = false;
  return (name, request) => {
    if (!connected) {
      connected = true;
      browser.runtime.connect({ name: PORT_PREFIX + page }).onDisconnect.addListener(() => {
        connected = false;
      });
    }
    return send(name, request);
  };
}

export interface ConnectedPages {
  /** Whether a page of this name is open, so that it can show a result. */
  has(page: string): boolean;
}

/** Tracks the pages that are open. Must be called in the worker's first turn, or it misses connections. */
export function trackConnectedPages(): ConnectedPages {
  const ports = new Set<{ name: string }>();
  browser.runtime.onConnect.addListener((port) => {
    if (!port.name.startsWith(PORT_PREFIX) || port.sender?.id !== browser.runtime.id)
      return port.disconnect();
    ports.add(port);
    port.onDisconnect.addListener(() => ports.delete(port));
  });
  return { has: (page) => [...ports].some(({ name }) => name === PORT_PREFIX + page) };
}
