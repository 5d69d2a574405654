/** Who asks, as far as the proxies we trust can tell; the same rules as Express's `req.ip`, `req.host` and `req.secure`. */
import type { IncomingMessage } from 'node:http';

/** Express's compiled `trust proxy`: whether the address at a distance from us is a proxy of ours. */
export type Trust = (address: string, distance: number) => boolean;

/** The address nearest to us that is not a trusted proxy. */
export function addressOf({ socket, headers }: IncomingMessage, trust: Trust): string {
  const nearest = socket.remoteAddress ?? '';
  const forwarded = headers['x-forwarded-for'];
  if (forwarded === undefined) return nearest;
  const addresses = [...textOf(forwarded).split(','), nearest].map((each) => each.trim()).reverse();
  const at = addresses.findIndex((address, distance) => !trust(address, distance));
  return addresses.at(at) ?? nearest;
}

/** The host name the caller spoke to, without its port, in lower case. */
export function hostOf(req: IncomingMessage, trust: Trust): string {
  const host = proxied(req, 'x-forwarded-host', trust) ?? req.headers.host ?? '';
  return host.replace(/:\d*$/, '').toLowerCase();
}

/** We speak plain HTTP ourselves: TLS ends at the proxy. */
export function isHttps(req: IncomingMessage, trust: Trust): boolean {
  return proxied(req, 'x-forwarded-proto', trust) === 'https';
}

/** What a trusted proxy says of the request it passes on. Whether to trust is asked last: it costs the most. */
function proxied({ socket, headers }: IncomingMessage, name: string, trust: Trust): string | null {
  const stated = firstOf(headers[name]);
  return stated !== null && trust(socket.remoteAddress ?? '', 0) ? stated : null;
}

function firstOf(header: string | string[] | undefined): string | null {
  return header === undefined ? null : (textOf(header).split(',')[0] ?? '').trim() || null;
}

function textOf(header: string | readonly string[]): string {
  return typeof header === 'string' ? header : header.join(',');
}
