import type { BadClickId, Click } from '../../core/click.ts';
import type { ClickRecorded } from '../../core/ports.ts';
import { decideAll, link, ordersWithKey } from './decide.ts';
import type { Tx } from './sql.ts';

/** Writes a beacon down, and finds the orders that waited for it. A beacon id that is known already changes nothing. */
export async function recordClick(tx: Tx, click: Click): Promise<ClickRecorded> {
  const inserted = await tx.sql.run(
    `INSERT INTO beacons (shop, beacon_id, click_id, via, visitor_id, join_key, url, ref, clicked_at, received_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (shop, beacon_id) DO NOTHING`,
    click.shop,
    click.beaconId,
    click.clickId,
    click.via,
    click.visitorId,
    click.joinKey,
    click.url,
    click.ref,
    click.clickedAt,
    click.receivedAt,
  );
  if (inserted === 0) return { fresh: false, attached: [] };
  const orderIds = await ordersWaiting(tx, click);
  if (orderIds.length === 0) return { fresh: true, attached: [] };
  return { fresh: true, attached: await decideAll(tx, click.shop, { orderIds, now: click.receivedAt }) };
}

/** Counts a page that carried something unusable; the value itself is not kept. */
export async function countBadClickId(tx: Tx, bad: BadClickId): Promise<void> {
  await tx.sql.run(
    `INSERT INTO bad_click_ids (shop, page, reason, times, last_at) VALUES ($1, $2, $3, 1, $4)
      ON CONFLICT (shop, page, reason) DO UPDATE SET times = bad_click_ids.times + 1, last_at = excluded.last_at`,
    bad.shop,
    bad.page ?? '',
    bad.reason,
    bad.receivedAt,
  );
}

async function ordersWaiting(tx: Tx, { shop, visitorId, joinKey }: Click): Promise<string[]> {
  const orderIds = new Set<string>();
  if (joinKey !== null) {
    for (const orderId of await ordersWithKey(tx, shop, { kind: 'join', value: joinKey })) {
      orderIds.add(orderId);
      if (visitorId !== null) await link(tx, { shop, orderId }, ['visitor', visitorId]);
    }
  }
  if (visitorId !== null) {
    for (const orderId of await ordersWithKey(tx, shop, { kind: 'visitor', value: visitorId }))
      orderIds.add(orderId);
  }
  return [...orderIds];
}
