// A tracker in the measuring process itself, so that "answered" and "arrived" are read off one clock.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

export interface Arrivals {
  readonly port: number;
  /** When the first request for a click id arrived (`performance.now()`). */
  readonly at: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

export async function listenForPostbacks(): Promise<Arrivals> {
  const at = new Map<string, number>();
  const server = createServer((request, response) => {
    const now = performance.now();
    const clickId = /[?&]cnv_id=([^&]*)/.exec(request.url ?? '')?.[1] ?? '';
    if (!at.has(clickId)) at.set(clickId, now);
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 2 }).end('OK');
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    at,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
