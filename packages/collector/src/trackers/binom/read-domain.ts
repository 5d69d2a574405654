// People paste what Binom shows them: a host, a campaign link or a whole postback URL with its macros. Only host and
// path are taken from it.
import type { Tracker } from '../../core/ports.ts';

type Domain = ReturnType<Tracker['readDomain']>;
type Problem = Extract<Domain, { problem: string }>;

const LONGEST_TEXT = 2048;
const LONGEST_HOST = 253;
const LONGEST_PATH = 256;

/** Query and fragment are passed over: in a pasted postback URL they hold macros. */
const PARTS = /^(?:(?:([a-z][a-z\d+.-]*):)?\/\/)?([^/?#]*)([^?#]*)/i;

export function readDomain(pasted: string): Domain {
  const text = pasted.trim();
  if (text.length > LONGEST_TEXT) return problem('This is too long for an address.');
  const [, stated, authority = '', path = ''] = PARTS.exec(text) ?? [];
  const scheme = stated?.toLowerCase() ?? null;
  if (scheme !== null && scheme !== 'https' && scheme !== 'http') {
    return problem(`An address that starts with "${scheme}:" cannot be called.`);
  }
  const trackingDomain = readAuthority(authority, scheme);
  if (typeof trackingDomain !== 'string') return trackingDomain;
  const clickPath = readPath(path);
  if (clickPath !== null && typeof clickPath !== 'string') return clickPath;
  return { trackingDomain, scheme, clickPath };
}

function readAuthority(authority: string, scheme: 'https' | 'http' | null): string | Problem {
  if (authority === '') return problem('There is no host in this.');
  if (authority.includes('@')) return problem('An address with a user name is not taken.');
  if (/[{}$%<>]/.test(authority)) return problem('The host holds a placeholder.');
  if (/\P{ASCII}/u.test(authority)) {
    return problem('The host must be written in plain ASCII; an international name in its "xn--" form.');
  }
  const [, name, port = ''] = /^(\[[^[\]]*\]|[^:[\]]*)(?::(\d{0,5}))?$/.exec(authority) ?? [];
  const host = name === undefined ? null : readHost(name);
  if (host === null) return problem(`"${authority.slice(0, 80)}" is not a host name (or host:port).`);
  if (/\.(?:php|html?)$/.test(host)) return problem(`"${host}" is a path; its host is missing.`);
  if (port === '' || port === DEFAULT_PORTS[scheme ?? 'https']) return host;
  const number = Number(port);
  return number >= 1 && number <= 65_535 ? `${host}:${number}` : problem(`There is no port ${port}.`);
}

const DEFAULT_PORTS = { https: '443', http: '80' };

const LABEL = /^\w(?:[\w-]{0,61}\w)?$/;

/** The host as everybody writes it: lower case, and of an IP address the usual form of the many that URLs allow. */
function readHost(name: string): string | null {
  const plain = name.replace(/\.$/, '');
  const isName = plain.length <= LONGEST_HOST && plain.split('.').every((label) => LABEL.test(label));
  const isAddress = name.startsWith('[');
  return isName || isAddress ? (URL.parse(`http://${plain}/`)?.hostname ?? null) : null;
}

function readPath(path: string): string | null | Problem {
  const clean = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  if (clean === '') return null;
  const isReadable = /^(?:\/[\w.~-]+)+$/.test(clean) && !/\/\.{1,2}(?:\/|$)/.test(clean);
  if (isReadable && clean.length <= LONGEST_PATH) return clean;
  return problem('The path is not one of a click file, such as /click.php or /click.');
}

function problem(what: string): Problem {
  return { problem: `${what} Paste the host of your Binom, such as track.example.com, or its postback URL.` };
}
