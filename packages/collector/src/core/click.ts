/** A click as the collector holds it, and the places a click id is read from when a shop sends them. */
import { usableClickId, type UnusableReason } from '@clickback/protocol';

/** One stored beacon: a click, a reason why a page had none, or which visitor an order key belongs to. */
export interface Click {
  readonly shop: string;
  /** The browser's own id of the message; unique per shop. */
  readonly beaconId: string;
  /** Null for a beacon that only joins a visitor to an order key. */
  readonly clickId: string | null;
  readonly via: string | null;
  readonly visitorId: string | null;
  readonly joinKey: string | null;
  /** Page and referrer, without query and fragment. */
  readonly url: string | null;
  readonly ref: string | null;
  /** When the click was captured, epoch ms: received minus the age the browser measured on its own clock. */
  readonly clickedAt: number;
  readonly receivedAt: number;
}

/** A page that carried a value nobody can use as a click id. Counted, not kept. */
export interface BadClickId {
  readonly shop: string;
  readonly page: string | null;
  readonly reason: UnusableReason;
  readonly receivedAt: number;
}

/** A click id somebody sent us, with the place it stood in. Kept even when unusable, cut to 128 characters. */
export interface FoundClickId {
  /** `order.click_id`, `url.<parameter>` or `cookie.<name>`. */
  readonly via: string;
  readonly value: string;
}

/** The names a shop reads click ids from, in priority order. */
export interface ClickIdNames {
  readonly params: readonly string[];
  readonly cookies: readonly string[];
}

/** The address without query, fragment, name and password, or null when it is not an http(s) address. */
export function pageOf(url: string | undefined): string | null {
  const page = URL.parse(url ?? '');
  return page !== null && /^https?:$/.test(page.protocol) ? `${page.origin}${page.pathname}` : null;
}

/** A value as it is kept. What is cut ends in `…`, or the rest of an overlong one would pass for a usable click id. */
export function foundClickId(via: string, raw: string): FoundClickId {
  const value = raw.trim().replace(UNWRITABLE, '\uFFFD').toWellFormed();
  return { via, value: value.length > 128 ? `${value.slice(0, 127).toWellFormed()}…` : value };
}

// Not every ledger can hold a NUL, and nobody can read the others.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNWRITABLE = /[\u0000-\u001f\u007f]/g;

/** Click ids in the query of an address; bad percent-encoding is left as it stands, never an error. */
export function clickIdsInUrl(url: string, names: readonly string[]): FoundClickId[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return pick(
    pairs(query, '&', (text) => percentDecoded(text.replaceAll('+', ' '))),
    'url',
    names,
  );
}

/** Click ids in a Cookie header. */
export function clickIdsInCookies(header: string, names: readonly string[]): FoundClickId[] {
  return pick(pairs(header, ';', percentDecoded), 'cookie', names);
}

/** One cookie of a Cookie header, or null. */
export function cookieIn(header: string, name: string): string | null {
  return pairs(header, ';', percentDecoded).find(([key]) => key === name)?.[1] ?? null;
}

type Pair = readonly [name: string, value: string];

/** For each name in order: its first usable value, else its first value that is not empty. */
function pick(given: readonly Pair[], place: string, names: readonly string[]): FoundClickId[] {
  return names.flatMap((name) => {
    const values = given
      .filter(([key, value]) => key === name && value.trim() !== '')
      .map(([, value]) => value);
    const value = values.find((each) => usableClickId(each) !== null) ?? values[0];
    return value === undefined ? [] : [foundClickId(`${place}.${name}`, value)];
  });
}

function pairs(text: string, separator: string, decode: (text: string) => string): Pair[] {
  return text.split(separator).map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [part.trim(), ''] : [decode(part.slice(0, at)).trim(), decode(part.slice(at + 1))];
  });
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
