// Both stand-ins listen the same way, and both must let go of every socket at once: a test that hangs in close() hides
// the failure that came before it.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Address {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

export interface Listening {
  /** `http://host:port`, without a trailing slash. */
  readonly url: string;
  /** `host:port`, as a tracking domain is written. */
  readonly host: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function listen(handler: RequestListener, address: Address): Promise<Listening> {
  const hostname = address.host ?? '127.0.0.1';
  const server = createServer(handler);
  server.headersTimeout = 5_000;
  server.requestTimeout = 10_000;
  // Longer than any client keeps an idle socket: a server that hangs up first looks like a reset nobody asked for.
  server.keepAliveTimeout = 65_000;
  server.listen(address.port ?? 0, hostname);
  await once(server, 'listening');

  const { port } = server.address() as AddressInfo;
  const host = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
  return { url: `http://${host}`, host, port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
