/** Click: snippet → beacon → ledger. */
import { readBeacon, type Beacon } from '@clickback/protocol';
import { pageOf } from '../core/click.ts';
import { Rejected } from '../core/errors.ts';
import type { Clock, Happen, Ledger } from '../core/ports.ts';
import type { Shop } from '../core/shop.ts';
import type { Directory } from './directory.ts';

export interface RecordClickNeeds {
  readonly ledger: Pick<Ledger, 'recordClick' | 'countBadClickId'>;
  readonly directory: Pick<Directory, 'shop'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly happen: Happen;
  /** Called when an order that waited has its click now: a postback may be due. */
  readonly wake: () => void;
}

/** A browser's clock may be off by years; an age beyond this is not an age. */
const LONGEST_AGE = 400 * 86_400_000;

export type RecordClick = (body: unknown, origin: string | null) => Promise<Beacon>;

/** Stores a beacon; resolves once it is on disk. Rejects a body it cannot read and a page that may not send here. */
export function recordClick(needs: RecordClickNeeds): RecordClick {
  const { ledger, directory, clock, newId, happen, wake } = needs;
  return async (body, origin) => {
    const reading = readBeacon(body);
    if (!reading.ok) throw new Rejected('invalid', reading.detail, reading.field);
    const { beacon } = reading;
    const { shop } = admitted(directory.shop(beacon.shop), origin);
    const [at, page] = [clock.now(), pageOf(beacon.url)];
    if (beacon.bad !== undefined) {
      await ledger.countBadClickId({ shop, page, reason: beacon.bad, receivedAt: at });
      happen({ what: 'bad-click-id', shop, page, reason: beacon.bad, at });
    }
    if (beacon.click_id === undefined && beacon.join === undefined) return beacon;
    const clickId = beacon.click_id ?? null;
    const via = beacon.via ?? null;
    const { fresh, attached } = await ledger.recordClick({
      shop,
      beaconId: beacon.id ?? newId(),
      clickId,
      via,
      visitorId: beacon.visitor ?? null,
      joinKey: beacon.join ?? null,
      url: page,
      ref: pageOf(beacon.ref),
      clickedAt: at - Math.round(Math.min(Math.max(beacon.age ?? 0, 0), LONGEST_AGE)),
      receivedAt: at,
    });
    happen({ what: 'click', shop, clickId, via, page, fresh, at });
    if (attached.length > 0) wake();
    return beacon;
  };
}

/** Origins keep out honest browsers of other sites; a request without one is not from a page. */
function admitted(shop: Shop, origin: string | null): Shop {
  const { origins } = shop.settings;
  if (origin === null || origins.length === 0 || origins.includes(origin)) return shop;
  throw new Rejected(
    'forbidden-origin',
    `pages of ${origin} may not send beacons for this shop; add it to the shop's origins`,
  );
}
