import type { ClickStory } from '../../core/stories.ts';
import { toldOf } from './read-postback.ts';
import { clickOf, orderOf } from './rows.ts';
import type { Tx } from './sql.ts';

/** A page may beacon its click at every view; more than this tells nothing new. */
const MOST_BEACONS = 500;

/** One click explained; null when neither a beacon nor an order nor a postback has named it. */
export async function click(tx: Tx, shop: string, clickId: string): Promise<ClickStory | null> {
  const beacons = await tx.sql.all(
    `SELECT * FROM beacons WHERE shop = $1 AND click_id = $2 ORDER BY clicked_at, beacon_id LIMIT ${MOST_BEACONS}`,
    shop,
    clickId,
  );
  const orders = await tx.sql.all(
    'SELECT * FROM orders WHERE shop = $1 AND click_id = $2 ORDER BY created_at, order_id',
    shop,
    clickId,
  );
  const postbacks = await tx.sql.all(
    'SELECT * FROM postbacks WHERE shop = $1 AND click_id = $2 ORDER BY created_at, id',
    shop,
    clickId,
  );
  if (beacons.length + orders.length + postbacks.length === 0) return null;
  return {
    clickId,
    beacons: beacons.map(clickOf),
    orders: orders.map(orderOf),
    postbacks: await toldOf(tx, postbacks),
  };
}
