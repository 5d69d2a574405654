import { ERASED } from '../../core/verdict.ts';
import type { Tx } from './sql.ts';

/** Leaves an order's money, status and times under a name that leads nowhere; its news and keys go. */
export async function eraseOrder(
  tx: Tx,
  shop: string,
  { orderId, name }: { orderId: string; name: string },
): Promise<void> {
  await tx.sql.run(
    `UPDATE orders SET order_id = $1, found = '[]', visitor_ids = '[]', join_keys = '[]', customer_id = NULL,
      subscription_id = NULL, attached = NULL, click_id = NULL, via = NULL, no_click_reason = $2, candidates = '[]',
      frozen = 1 WHERE shop = $3 AND order_id = $4`,
    name,
    ERASED.reason,
    shop,
    orderId,
  );
  await tx.sql.run('DELETE FROM order_keys WHERE shop = $1 AND order_id = $2', shop, orderId);
  await tx.sql.run('DELETE FROM order_news WHERE shop = $1 AND order_id = $2', shop, orderId);
  await tx.sql.run(
    'INSERT INTO erased_orders (shop, digest) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    shop,
    tx.digest(orderId),
  );
}
