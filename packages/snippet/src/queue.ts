/** Beacons wait until acknowledged, each under a key of its own, so that two tabs cannot lose each other's. */
import { BEACON_VERSION, type Beacon } from '@clickback/protocol';
import { domain } from './keep.ts';
import { plain } from './plain.ts';
import { send } from './send.ts';
import { settings } from './settings.ts';
import { drop, put, shelf } from './shelf.ts';
import { uuid } from './uuid.ts';

/** What a beacon has to say. */
type News = { readonly [Field in keyof Beacon]?: Beacon[Field] | undefined };

const PREFIX = 'clickback.';
const CAP = 20;

/** The keys of what waits, oldest first: they end in a UUIDv7. */
export const waiting = (): string[] =>
  Object.keys(shelf)
    .filter((key) => key.startsWith(PREFIX))
    .sort();

/** Keeps a beacon and sends it. */
export const enqueue = (news: News): void => {
  waiting()
    .slice(0, 1 - CAP)
    .map(drop);
  const id = uuid();
  put(
    PREFIX + id,
    JSON.stringify({
      v: BEACON_VERSION,
      id,
      shop: settings.shop,
      ...news,
      url: plain(location.href),
      ref: plain(document.referrer),
      dom: domain,
      // The time of capture until it is sent: below zero and last, where send.ts finds it.
      age: -Date.now(),
    }),
  );
  send(PREFIX + id);
};
