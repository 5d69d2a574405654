/** Retention of orders: old ones lose everything that leads to a person, and keep money, status and times for the sums. */
import { erasePerson } from './erase.ts';
import { text, textOrNull } from './rows.ts';
import { first, type Row, type Tx } from './sql.ts';

export interface ForgetOrders {
  /** Orders first heard of before this moment; epoch ms. */
  readonly before: number;
  readonly limit: number;
  readonly now: number;
}

const NOBODY = { visitors: new Set<string>(), joinKeys: new Set<string>() };

/** Forgets about `limit` orders; tells how many. An order goes with all others of its click, once none of them is young. */
export async function forgetOrders(tx: Tx, ask: ForgetOrders): Promise<number> {
  let forgotten = 0;
  let shop = await shopAfter(tx, '');
  while (shop !== null && forgotten < ask.limit) {
    for (const row of await oldOrders(tx, shop, { ...ask, limit: ask.limit - forgotten })) {
      const clickId = textOrNull(row['click_id']);
      const orders = clickId === null ? [text(row['order_id'])] : await ordersOf(tx, shop, clickId);
      const person = {
        ...NOBODY,
        clicks: new Set(clickId === null ? [] : [clickId]),
        orders: new Set(orders),
      };
      forgotten += (await erasePerson(tx, shop, { person, now: ask.now })).orders;
    }
    shop = await shopAfter(tx, shop);
  }
  return forgotten;
}

/** One order of each click that is old as a whole and owes the tracker nothing more; and old orders without a click. */
function oldOrders(tx: Tx, shop: string, { before, limit }: ForgetOrders): Row[] | Promise<Row[]> {
  return tx.sql.all(
    `SELECT MIN(o.order_id) AS order_id, o.click_id FROM orders o
      WHERE o.shop = $1 AND o.created_at < $2 AND (o.no_click_reason IS NULL OR o.no_click_reason <> 'erased')
        AND NOT EXISTS (SELECT 1 FROM orders young WHERE young.shop = o.shop AND young.click_id = o.click_id
          AND young.created_at >= $2)
        AND NOT EXISTS (SELECT 1 FROM postbacks p WHERE p.shop = o.shop AND p.click_id = o.click_id
          AND p.state IN ('due', 'sending', 'uncertain'))
      GROUP BY o.click_id, CASE WHEN o.click_id IS NULL THEN o.order_id END
      ORDER BY MIN(o.created_at) LIMIT $3`,
    shop,
    before,
    limit,
  );
}

async function ordersOf(tx: Tx, shop: string, clickId: string): Promise<string[]> {
  const rows = await tx.sql.all(
    'SELECT order_id FROM orders WHERE shop = $1 AND click_id = $2',
    shop,
    clickId,
  );
  return rows.map((row) => text(row['order_id']));
}

/** Shop by shop, for every index begins with the shop. */
async function shopAfter(tx: Tx, shop: string): Promise<string | null> {
  const row = await first(tx, 'SELECT MIN(shop) AS shop FROM orders WHERE shop > $1', shop);
  return textOrNull(row?.['shop']);
}
