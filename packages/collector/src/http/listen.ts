/** The collector's socket: bounded in every direction, and closed without cutting off who is being answered. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Misconfigured } from '../core/errors.ts';
import { answerClientError } from './client-error.ts';

export interface ListenLimits {
  /** For all headers of a request to arrive, ms. */
  readonly headersTimeout: number;
  /** For a whole request, its body included, to arrive, ms. */
  readonly requestTimeout: number;
  /** How long a connection may idle between two requests, ms. */
  readonly keepAliveTimeout: number;
  /** How often connections are looked through for those that are too slow, ms. */
  readonly connectionsCheckingInterval: number;
  /** How long nothing may move on a connection while it is being answered, ms; heartbeats of streams count. */
  readonly timeout: number;
  readonly maxHeaderSize: number;
  readonly maxConnections: number;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly limits?: Partial<ListenLimits>;
}

export interface Listening {
  readonly port: number;
  /** For people: `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Takes no more connections, lets open requests finish, at most so long (ms), then cuts. */
  close(patience: number): Promise<void>;
}

const LIMITS: ListenLimits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  // Longer than the usual 60 s of a proxy in front, which else now and then sends on a connection being closed.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
  timeout: 60_000,
  // Behind a first-party path every beacon brings the shop's own cookies along, and these may well pass 8 KB.
  maxHeaderSize: 16_384,
  maxConnections: 10_000,
};

export async function listen(
  handle: RequestListener,
  { host, port, limits }: ListenOptions,
): Promise<Listening> {
  const { maxConnections, timeout, ...rest } = { ...LIMITS, ...limits };
  const server = createServer(rest, handle);
  Object.assign(server, { maxConnections, timeout });
  server.on('clientError', answerClientError);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, host, port)));
    server.listen({ host, port }, resolve);
  });
  // A connection that could not be accepted (no file handle left) comes again; the process stays.
  server.on('error', () => undefined);
  const { port: taken } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  const close = closing(server);
  return { port: taken, url: `http://${name}:${taken}`, close };
}

const SWEEP = 20;

function closing(server: Server): Listening['close'] {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // What answers now idles later, so it is swept until none is left. Node does not count as idle a connection that
  // never sent a byte, as browsers open them ahead.
  const sweep = () => {
    server.closeIdleConnections();
    sockets.forEach((socket) => socket.bytesRead === 0 && socket.destroy());
  };
  return async (patience) => {
    const sweeping = setInterval(sweep, SWEEP);
    const cut = setTimeout(() => server.closeAllConnections(), patience);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    clearInterval(sweeping);
    clearTimeout(cut);
  };
}

const CAUSES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken: stop the other program, or set PORT to another one',
  EACCES: 'is not ours to take: ports below 1024 need a right; set PORT to another one',
  EADDRNOTAVAIL: 'is no address of this machine: set HOST to one that is, or to 0.0.0.0 for all',
  ENOTFOUND: 'is no address of this machine: set HOST to one that is, or to 0.0.0.0 for all',
};

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const cause = CAUSES[error.code ?? ''];
  return cause === undefined ? error : new Misconfigured([`${host} port ${port} ${cause}`]);
}
