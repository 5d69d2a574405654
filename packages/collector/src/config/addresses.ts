/** Hosts, origins and addresses of proxies, as they stand in the environment. */
import ipaddr from 'ipaddr.js';
import { Expected } from './variable.ts';

/** Where to listen: a host name or an address, IPv6 with or without brackets. */
export function readHost(text: string): string | Expected {
  const host = text.trim().replace(/^\[(.*)\]$/, '$1');
  const isHost = ipaddr.isValid(host) || /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i.test(host);
  return isHost ? host : new Expected('an IP address or a host name of this machine');
}

/** The address browsers use, without a trailing slash. */
export function readPublicUrl(text: string): string | Expected {
  const url = webUrl(text);
  if (url?.search !== '' || url.hash !== '') {
    return new Expected('an http or https address without a query');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** Origins whose pages may send beacons; empty for `any`. */
export function readOrigins(text: string): readonly string[] | Expected {
  if (/^(?:any|\*)$/i.test(text.trim())) return [];
  const urls = listOf(text).map(webUrl);
  const origins = urls.filter((url) => url !== null && /^\/?$/.test(url.pathname + url.search + url.hash));
  if (origins.length < urls.length || urls.length === 0) {
    return new Expected('any, or a comma list of origins, each https://host without a path');
  }
  return [...new Set(origins.map((url) => url?.origin ?? ''))];
}

/** Trackers that may stand in the own network: `host[:port]` each. */
export function readAllowHosts(text: string): readonly string[] | Expected {
  const hosts = listOf(text);
  if (hosts.length === 0 || !hosts.every(isHostAndPort)) {
    return new Expected('a comma list of host or host:port, without http://');
  }
  return hosts.map((host) => host.toLowerCase());
}

/**
 * What a person may paste as a tracking domain: a host, or any postback or click URL. Only whether there is a host in
 * it is looked at here; the tracker reads the rest.
 */
export function readDomain(text: string): string | Expected {
  const pasted = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(pasted) ? pasted : `https://${pasted}`);
  const isReadable = url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
  if (!isReadable || /\s/.test(pasted)) return new Expected("your Binom's domain, or any of its click URLs");
  return pasted;
}

export type TrustProxy = boolean | number | readonly string[];

/** Express's `trust proxy`: https://expressjs.com/en/guide/behind-proxies.html */
export function readTrustProxy(text: string): TrustProxy | Expected {
  const value = text.trim().toLowerCase();
  if (value === 'true' || value === 'false') return value === 'true';
  if (/^\d{1,2}$/.test(value)) return Number(value);
  const parts = listOf(value);
  if (parts.length > 0 && parts.every(isProxy)) return parts;
  return new Expected(
    'true, false, a number of proxies, or a comma list of loopback, linklocal, uniquelocal, addresses and networks',
  );
}

function isProxy(part: string): boolean {
  return (
    ['loopback', 'linklocal', 'uniquelocal'].includes(part) ||
    ipaddr.isValid(part) ||
    ipaddr.isValidCIDR(part)
  );
}

function isHostAndPort(text: string): boolean {
  const match = /^(\[[^\]]+\]|[^:@/?#\\\s[\]]+)(?::(\d{1,5}))?$/.exec(text);
  return match !== null && URL.canParse(`http://${match[1] ?? ''}:${match[2] ?? '80'}/`);
}

/** An http(s) address that names nobody. */
function webUrl(text: string): URL | null {
  const url = URL.parse(text.trim());
  const isWeb = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return isWeb ? url : null;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
