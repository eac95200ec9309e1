import type { Http2SecureServer } from 'node:http2';
import type { Socket } from 'node:net';

/**
 * Tracks the TCP sockets of a server. Under TLS and HTTP/2 a request has only wrappers, whose `destroy` closes the
 * connection properly first. A lost connection does not.
 */
export class Connections {
  readonly #sockets = new Map<number, Socket>();

  /** Starts tracking the connections of a server. */
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

  /** Destroys the connection from this client port, if it is still open. */
  destroy(remotePort: number | undefined): void {
    if (remotePort !== undefined) this.#sockets.get(remotePort)?.destroy();
  }

  /** Destroys all connections. */
  destroyAll(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
}
