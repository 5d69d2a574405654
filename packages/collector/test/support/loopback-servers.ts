// Servers for tests of outgoing calls: real ones on loopback, which answer as badly as a test wants.
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export const LOOPBACK = '127.0.0.1';

/** The port of a server that listens until the test is over. */
export async function listening(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => void server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

/** A server that does with the bytes of each request what the test says. */
export async function rawServer(onRequest: (socket: net.Socket, nth: number) => void) {
  const seen = { connections: 0, requests: 0, bytes: 0 };
  const port = await listening(
    net.createServer((socket) => {
      seen.connections += 1;
      socket.on('data', (chunk) => {
        seen.bytes += chunk.length;
        seen.requests += 1;
        onRequest(socket, seen.requests);
      });
    }),
  );
  return { port, seen, url: `http://${LOOPBACK}:${port}/click.php?cnv_id=a` };
}

/** The address of an honest web server. */
export async function webServer(answer: http.RequestListener): Promise<string> {
  const port = await listening(http.createServer(answer));
  return `http://${LOOPBACK}:${port}/click.php?cnv_id=a&x=%C3%A9`;
}
