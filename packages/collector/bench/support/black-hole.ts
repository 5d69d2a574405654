import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface BlackHole {
  readonly port: number;
  /** How often somebody connected. */
  connections(): number;
  close(): void;
}

/** A tracker that is dead in the worst way: it takes every connection and never says a word. */
export async function openBlackHole(): Promise<BlackHole> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
