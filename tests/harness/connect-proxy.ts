import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gatewayHosts } from './gateway-hosts.ts';

/** A running proxy. */
export interface ConnectProxy {
  port: number;
  close(): Promise<void>;
}

/** Starts a CONNECT proxy that maps the gateway hosts to a local port and refuses all other hosts. */
export async function startConnectProxy(targetPort: number): Promise<ConnectProxy> {
  const allowed = new Set(gatewayHosts.map((host) => `${host}:443`));
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(403).end());
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, client: Socket) => {
    if (!allowed.has(request.url ?? '')) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const gateway = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(gateway).pipe(client);
    });
    // Pass on to the browser that the gateway is down or drops the connection.
    gateway.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('error', () => gateway.destroy()).on('close', () => gateway.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
