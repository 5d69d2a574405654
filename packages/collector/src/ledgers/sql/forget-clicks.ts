/** Retention: clicks that are old and that no order needs go, a few at a time. */
import { textOrNull } from './rows.ts';
import { first, type Tx } from './sql.ts';

/** Deletes up to `limit` clicks received before a moment; the clicks of orders stay. Tells how many went. */
export async function forgetClicks(tx: Tx, before: number, limit: number): Promise<number> {
  let forgotten = 0;
  let shop = await shopAfter(tx, '');
  while (shop !== null && forgotten < limit) {
    forgotten += await tx.sql.run(
      `DELETE FROM beacons WHERE shop = $1 AND beacon_id IN (
        SELECT b.beacon_id FROM beacons b WHERE b.shop = $1 AND b.received_at < $2
          AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.shop = b.shop AND o.click_id = b.click_id)
          ORDER BY b.received_at LIMIT $3)`,
      shop,
      before,
      limit - forgotten,
    );
    shop = await shopAfter(tx, shop);
  }
  return forgotten;
}

/** Shop by shop, for every index begins with the shop. */
async function shopAfter(tx: Tx, shop: string): Promise<string | null> {
  const row = await first(tx, 'SELECT MIN(shop) AS shop FROM beacons WHERE shop > $1', shop);
  return textOrNull(row?.['shop']);
}
