import type { Order } from '../../core/order.ts';
import type { OrderQuery, Page } from '../../core/stories.ts';
import { pageOf, placeOf } from './cursor.ts';
import { orderOf } from './rows.ts';
import type { SqlValue, Tx } from './sql.ts';

/** A shop's orders, the newest first, filtered. */
export async function orders(tx: Tx, query: OrderQuery): Promise<Page<Order>> {
  // The plus keeps SQLite from walking through all orders by time to find the few that match a search.
  const at = query.q === null ? 'created_at' : '+created_at';
  const { where, values } = filterOf(query, at);
  const rows = await tx.sql.all(
    `SELECT * FROM orders WHERE ${where} ORDER BY ${at} DESC, order_id DESC LIMIT $${values.length + 1}`,
    ...values,
    query.limit + 1,
  );
  return pageOf(rows.map(orderOf), query.limit, ({ createdAt, orderId }) => ({ at: createdAt, id: orderId }));
}

function filterOf(query: OrderQuery, at: string): { where: string; values: SqlValue[] } {
  const { status, attributed, q } = query;
  const values: SqlValue[] = [];
  const parameter = (value: SqlValue) => `$${values.push(value)}`;
  const place = placeOf(query.cursor);
  const shop = parameter(query.shop);
  const filters = [`shop = ${shop}`];
  if (status !== null) filters.push(`status = ${parameter(status)}`);
  if (attributed !== null) filters.push(`click_id IS ${attributed ? 'NOT ' : ''}NULL`);
  if (q !== null) filters.push(`order_id IN (${matching(shop, parameter(q))})`);
  if (place !== null) filters.push(`(${at}, order_id) < (${parameter(place.at)}, ${parameter(place.id)})`);
  return { where: filters.join(' AND '), values };
}

/** Orders that have this id, this click, or this visitor. */
function matching(shop: string, q: string): string {
  return (
    `SELECT order_id FROM orders WHERE shop = ${shop} AND order_id = ${q} ` +
    `UNION ALL SELECT order_id FROM orders WHERE shop = ${shop} AND click_id = ${q} ` +
    `UNION ALL SELECT order_id FROM order_keys WHERE shop = ${shop} AND kind = 'visitor' AND value = ${q}`
  );
}
