import { browser } from 'wxt/browser';
import { type Send, send } from './protocol.ts';

const PORT_PREFIX = 'on-screen:';

/**
 * A way to send that tells the background, with each request, which page is there to show the answer. A
 * connection that was lost with the worker is made anew only then, so that an open page wakes no worker.
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
  /** Whether a page of that name is open and can show a result. */
  has(page: string): boolean;
}

/** Counts the open pages. To be called in the worker's first turn. */
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
