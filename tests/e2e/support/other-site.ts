import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site that the extension may not read: a page with a text, and a PDF. On localhost, so that HTTPS pages can frame it. */
export async function startOtherSite(text: string) {
  const server = createServer(({ url }, response) => {
    const isPdf = url?.endsWith('.pdf');
    response.setHeader('content-type', isPdf ? 'application/pdf' : 'text/html');
    response.end(isPdf ? '%PDF-1.4\ntrailer<<>>\n' : `<p>${text}</p>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
