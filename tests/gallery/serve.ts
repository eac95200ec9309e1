import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Serves the gallery for pictures and tests. */
export async function serveGallery(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await createServer({
    configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)),
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1' },
  });
  await server.listen();
  const [url] = server.resolvedUrls?.local ?? [];
  if (!url) throw new Error('The gallery has no address');
  return { url, close: () => server.close() };
}
