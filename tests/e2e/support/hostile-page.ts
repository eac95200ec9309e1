import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves a foreign web page that links to and frames the given pages. */
export async function serveHostilePage(targets: readonly string[]) {
  const frames = targets.map((url) => `<iframe src="${url}"></iframe>`).join('');
  const links = targets.map((url) => `<p><a target="_blank" href="${url}">${url}</a></p>`).join('');
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>Hostile</title>${links}${frames}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
