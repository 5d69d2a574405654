/**
 * The click id as a cookie of the page's own site, set by us: Safari ends the life of what scripts write after seven
 * days (https://webkit.org/blog/10218/full-third-party-cookie-blocking-and-more/), not of what an answer sets.
 */
import type { IncomingMessage } from 'node:http';
import { CLICK_ID_COOKIES, usableClickId } from '@clickback/protocol';
import { hostOf, isHttps, type Trust } from './client.ts';

const COOKIE = CLICK_ID_COOKIES[0];
const THIRTY_DAYS = 30 * 86_400;

/** The Set-Cookie header, or null where we and the page do not both belong to the domain. */
export function clickCookie(
  clickId: string,
  dom: string,
  { req, trust }: { req: IncomingMessage; trust: Trust },
): string | null {
  const domain = dom.toLowerCase();
  if (!isName(domain) || !isWithin(hostOf(req, trust), domain)) return null;
  if (!isWithin(hostnameOf(req.headers.origin), domain)) return null;
  if (isOverwritten(req.headers.cookie, clickId)) return null;
  const secure = isHttps(req, trust) ? '; Secure' : '';
  return `${COOKIE}=${clickId}; Path=/; Domain=${domain}; Max-Age=${THIRTY_DAYS}; SameSite=Lax${secure}`;
}

function isName(domain: string): boolean {
  return domain.includes('.') && !/^[\d.]+$/.test(domain);
}

function isWithin(host: string | null, domain: string): boolean {
  return host !== null && (host === domain || host.endsWith(`.${domain}`));
}

function hostnameOf(origin: string | undefined): string | null {
  return origin === undefined ? null : (URL.parse(origin)?.hostname ?? null);
}

/** A beacon may come late, from a queue, when the page has a newer click already. */
function isOverwritten(cookies: string | undefined, clickId: string): boolean {
  const kept = (cookies ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${COOKIE}=`))
    .map((pair) => usableClickId(pair.slice(COOKIE.length + 1)))
    .filter((value) => value !== null);
  return kept.length > 0 && !kept.includes(clickId);
}
