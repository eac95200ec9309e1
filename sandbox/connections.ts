import type { Http2SecureServer } from 'node:http2';
import type { Socket } from 'node:net';

/**
 * Keeps the TCP sockets of a server. Under TLS and HTTP/2 a request only sees wrappers, whose
 * `destroy` says goodbye first; a lost connection does not.
 */
export class Connections {
  readonly #sockets = new Map<number, Socket>();

  /** Starts keeping the connections of a server. */
  follow(server: Http2SecureServer): void {
    server.on('connection', (socket: Socket) => {
      const port = socket.remotePort;
      if (port === undefined) return;
      this.#sockets.set(port, socket);
      socket.on('close', () => {
        if (this.#sockets.get(port) === socket) this.#sockets.delete(port);
      });
    });
  }

  /** Destroys the connection from this port of the client's; a connection already gone is left at that. */
  destroy(remotePort: number | undefined): void {
    if (remotePort !== undefined) this.#sockets.get(remotePort)?.destroy();
  }

  /** Destroys all connections. */
  destroyAll(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
}
