/** The beacon: the one message the snippet sends to the collector. */
import { usableClickId, type UnusableReason } from './click-id.ts';

/** The version this code writes and reads. */
export const BEACON_VERSION = 1;

/** Largest beacon body the collector reads, in bytes. */
export const BEACON_MAX_BYTES = 8192;

/** The shop a beacon is for when it names none. */
export const DEFAULT_SHOP = 'main';

/** A shop's id, as it stands in URLs. */
export const SHOP_ID = /^[a-z0-9][a-z0-9_-]{0,62}$/;

export interface Beacon {
  readonly v: typeof BEACON_VERSION;
  /** Made by the browser; a repeat changes nothing. A body without one is accepted and never recognised as a repeat. */
  readonly id?: string;
  readonly shop: string;
  readonly click_id?: string;
  /** The parameter or cookie name the click id was read from. */
  readonly via?: string;
  readonly visitor?: string;
  readonly url?: string;
  readonly ref?: string;
  /** Milliseconds between capture and sending, on the browser's own clock. */
  readonly age?: number;
  /** The domain the kept cookies stand on. */
  readonly dom?: string;
  /** An order key strangers cannot guess. */
  readonly join?: string;
  /** Instead of a click id: why the value found was unusable. */
  readonly bad?: UnusableReason;
}

/** A beacon that can be read, or the field at fault and what it should have been. */
export type BeaconReading =
  | { readonly ok: true; readonly beacon: Beacon }
  | { readonly ok: false; readonly field: string; readonly detail: string };

type Check = readonly [holds: (value: unknown) => boolean, expected: string];

const text = (max: number): Check => [
  (value) => typeof value === 'string' && value.length <= max && !UNSTORABLE.test(value),
  `text of at most ${max} characters without control characters`,
];

// Half a character (a lone surrogate) has no UTF-8.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSTORABLE = /[\u0000-\u001f\u007f\p{Cs}]/u;
const TOKEN: Check = [
  (value) => typeof value === 'string' && /^[\w.~-]{1,64}$/.test(value),
  'up to 64 letters, digits, or . _ ~ -',
];

const FIELDS: Readonly<Record<keyof Omit<Beacon, 'v'>, Check>> = {
  id: TOKEN,
  shop: [(value) => typeof value === 'string' && SHOP_ID.test(value), 'a shop id'],
  click_id: [(value) => typeof value === 'string' && usableClickId(value) === value, 'a usable click id'],
  via: text(64),
  visitor: TOKEN,
  url: text(4096),
  ref: text(4096),
  age: [(value) => typeof value === 'number' && Number.isFinite(value), 'a number of milliseconds'],
  dom: [(value) => typeof value === 'string' && /^[a-z0-9.-]{1,253}$/i.test(value), 'a host name'],
  join: [
    (value) => typeof value === 'string' && /^[\x21-\x7e]{1,255}$/.test(value),
    '1 to 255 visible ASCII characters',
  ],
  bad: [
    (value) => value === 'macro' || value === 'filler' || value === 'charset',
    'macro, filler or charset',
  ],
};

/** Reads a parsed JSON value as a beacon. Unknown fields are left out; a null field counts as absent. */
export function readBeacon(value: unknown): BeaconReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, field: '', detail: 'a beacon is a JSON object' };
  }
  const given = value as Record<string, unknown>;
  if (given['v'] !== BEACON_VERSION) return { ok: false, field: 'v', detail: `v must be ${BEACON_VERSION}` };
  const beacon: Record<string, unknown> = { v: BEACON_VERSION, shop: DEFAULT_SHOP };
  for (const [field, [holds, expected]] of CHECKS) {
    const found = Object.hasOwn(given, field) ? given[field] : undefined;
    if (found === undefined || found === null) continue;
    if (!holds(found)) return { ok: false, field, detail: `${field} must be ${expected}` };
    beacon[field] = found;
  }
  return worth(beacon as unknown as Beacon);
}

const CHECKS = Object.entries(FIELDS);

/** A beacon must say something: a click, a reason why there is none, or which visitor an order key belongs to. */
function worth(beacon: Beacon): BeaconReading {
  if (beacon.click_id !== undefined && beacon.bad !== undefined) {
    return { ok: false, field: 'bad', detail: 'bad stands instead of click_id, not beside it' };
  }
  const joins = beacon.join !== undefined && beacon.visitor !== undefined;
  if (beacon.click_id === undefined && beacon.bad === undefined && !joins) {
    return { ok: false, field: 'click_id', detail: 'click_id is missing (or bad, or join with visitor)' };
  }
  return { ok: true, beacon };
}
