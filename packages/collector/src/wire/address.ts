// Which addresses a postback may go to: any public one, and what the operator allows by name. Everybody who may save a
// tracking domain chooses whom this machine calls, so its own network is closed to them.
// https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
import ipaddr from 'ipaddr.js';

/** Whether `TRACKER_ALLOW_HOSTS` names this host, for this port or for all. */
export type Allows = (host: string, port: string) => boolean;

/** Reads the allow list once; an entry that is no `host[:port]` allows nothing. */
export function allowsOf(allowHosts: readonly string[]): Allows {
  const allowed = new Set<string>();
  for (const entry of allowHosts) {
    const target = targetOf(entry);
    if (target !== null) allowed.add(target.port === null ? target.host : `${target.host}:${target.port}`);
  }
  return (host, port) => {
    if (allowed.size === 0) return false;
    const name = plainHost(host);
    return allowed.has(name) || allowed.has(`${name}:${port}`);
  };
}

/**
 * Why a tracking domain (`host[:port]`) cannot be saved, in words; null when it can. A name that leads to a private
 * address passes here and is refused by the wire: only the open socket tells where a name leads.
 */
export function refusalOf(hostAndPort: string, allowHosts: readonly string[]): string | null {
  const target = targetOf(hostAndPort);
  if (target === null) return 'this is not a host name, optionally with a port';
  const allows = allowsOf(allowHosts);
  // Without a port, either scheme's own may be meant; the wire knows which.
  const ports = target.port === null ? ['443', '80'] : [target.port];
  if (ports.some((port) => allows(target.host, port))) return null;
  return ipaddr.isValid(target.host) ? addressProblem(target.host) : nameProblem(target.host);
}

/** Why an IP address may not be called, in words; null for an ordinary public one. */
export function addressProblem(address: string): string | null {
  if (!ipaddr.isValid(address)) return `${address || 'an empty text'} is not an address`;
  const range = rangeOf(ipaddr.parse(address));
  return range === 'unicast'
    ? null
    : `${address} is ${WORDS[range] ?? 'a reserved'} address, not a public one`;
}

const WORDS: Readonly<Record<string, string>> = {
  loopback: 'a loopback',
  private: 'a private',
  uniqueLocal: 'a private',
  carrierGradeNat: "a carrier's internal",
  linkLocal: 'a link-local',
  multicast: 'a multicast',
  unspecified: 'an unspecified',
};

/** The range of the address a packet would end up at: behind IPv4-mapped and NAT64 addresses stands an IPv4 one. */
function rangeOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  if (address instanceof ipaddr.IPv4) return address.range();
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().range();
  // On a server without IPv4 a public tracker resolves to NAT64 (https://www.rfc-editor.org/rfc/rfc6052#section-2.1).
  if (address.match(NAT64, 96)) return new ipaddr.IPv4(address.toByteArray().slice(12)).range();
  const range = address.range();
  return range === 'unicast' && !address.match(GLOBAL_UNICAST, 3) ? 'reserved' : range;
}

const NAT64 = ipaddr.IPv6.parse('64:ff9b::');
/** https://www.iana.org/assignments/ipv6-address-space/ */
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');

/** Names that never lead to the public internet (https://www.iana.org/assignments/special-use-domain-names/). */
function nameProblem(host: string): string | null {
  const isInternal = !host.includes('.') || /\.(?:localhost|local|internal|home\.arpa)$/.test(host);
  return isInternal ? `${host} is a name of a private network, not a public host` : null;
}

function targetOf(text: string): { host: string; port: string | null } | null {
  const match = /^(\[[^\]]+\]|[^:@/?#\\\s[\]]+)(?::(\d{1,5}))?$/.exec(text.trim());
  // The URL parser writes every form of an IPv4 address (decimal, hex, octal, short) as four numbers.
  const host = URL.parse(`http://${match?.[1] ?? ''}/`)?.hostname;
  return match === null || host === undefined ? null : { host: plainHost(host), port: match[2] ?? null };
}

function plainHost(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
}
