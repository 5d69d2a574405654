// Opens a socket to a tracker, and only to a permitted address: names are resolved again for every connection, so the
// address is judged on the socket itself, before one byte is written.
// https://en.wikipedia.org/wiki/DNS_rebinding
import dns from 'node:dns';
import net from 'node:net';
import tls from 'node:tls';
import type { buildConnector } from 'undici';
import { addressProblem, type Allows } from './address.ts';

/** Our own rule forbids the call; nothing was sent. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

export interface ConnectOptions {
  readonly allows: Allows;
  /** For name, TCP and TLS together. */
  readonly timeoutMs: number;
  readonly lookup: net.LookupFunction | undefined;
}

/** A connector for undici's Agent. */
export function createConnect({ allows, timeoutMs, lookup }: ConnectOptions): buildConnector.connector {
  const resolve = lookup ?? dns.lookup;
  const guarded = guard(resolve);
  return ({ hostname, protocol, port: given }, callback) => {
    const port = given || (protocol === 'https:' ? '443' : '80');
    const isAllowed = allows(hostname, port);
    const problem = isAllowed || net.isIP(hostname) === 0 ? null : addressProblem(hostname);
    if (problem !== null) return callback(new ForbiddenAddress(problem), null);
    const socket = net.connect({
      host: hostname,
      port: Number(port),
      lookup: isAllowed ? resolve : guarded,
      noDelay: true,
      keepAlive: true,
      // Node's 250 ms give up on a distant tracker's first address and leave only its last one, often a dead IPv6.
      autoSelectFamilyAttemptTimeout: Math.max(10, Math.ceil(timeoutMs / 3)),
    });
    open(socket, { hostname, isTls: protocol === 'https:', isAllowed, timeoutMs }, callback);
  };
}

interface Opening {
  readonly hostname: string;
  readonly isTls: boolean;
  readonly isAllowed: boolean;
  readonly timeoutMs: number;
}

function open(plain: net.Socket, opening: Opening, callback: buildConnector.Callback): void {
  let socket = plain;
  let isSettled = false;
  const deadline = setTimeout(
    () => socket.destroy(new Error(`no connection within ${opening.timeoutMs / 1000} s`)),
    opening.timeoutMs,
  );
  const settle = (failure: Error | null) => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(deadline);
    if (failure === null) callback(null, socket);
    else callback(failure, null);
  };
  plain.on('error', settle);
  plain.once('connect', () => {
    const problem = opening.isAllowed ? null : addressProblem(plain.remoteAddress ?? '');
    if (problem !== null) return plain.destroy(new ForbiddenAddress(`${opening.hostname}: ${problem}`));
    if (!opening.isTls) return settle(null);
    socket = secured(plain, opening.hostname)
      .on('error', settle)
      .once('secureConnect', () => settle(null));
  });
  plain.once('close', () => settle(new Error('closed while connecting')));
}

/** HTTP/1.1 only: with one request on a socket at a time a lost socket is one unknown outcome, not many. */
function secured(socket: net.Socket, hostname: string): tls.TLSSocket {
  const host = hostname.replace(/\.$/, '');
  const servername = net.isIP(host) === 0 ? { servername: host } : {};
  return tls.connect({ socket, host, ALPNProtocols: ['http/1.1'], ...servername });
}

/** Leaves out what is not public, so that a name with one good address still works. */
function guard(resolve: net.LookupFunction): net.LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found, family) => {
      if (error !== null) return callback(error, []);
      const all = typeof found === 'string' ? [{ address: found, family: family ?? 4 }] : found;
      const [first, ...rest] = all.filter(({ address }) => addressProblem(address) === null);
      if (first === undefined) return callback(nowhere(hostname, all[0]?.address), []);
      if (options.all === true) callback(null, [first, ...rest]);
      else callback(null, first.address, first.family);
    });
  };
}

function nowhere(hostname: string, address: string | undefined): Error {
  if (address === undefined) return new Error(`${hostname} has no address`);
  return new ForbiddenAddress(`${hostname}: ${addressProblem(address) ?? 'the address changed'}`);
}
