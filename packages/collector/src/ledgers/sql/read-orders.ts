import type { Order } from '../../core/order.ts';
import type { OrderQuery, Page } from '../../core/stories.ts';
import { pageOf, placeOf } from './cursor.ts';
import { orderOf } from './rows.ts';
import type { SqlValue, Tx } from './sql.ts';

/** A shop's orders, the newest first, filtered. */
export async function orders(tx: Tx, query: OrderQuery): Promise<Page<Order>> {
  const { where, values } = filterOf(query);
  const rows = await tx.sql.all(
    `SELECT * FROM orders WHERE ${where} ORDER BY created_at DESC, order_id DESC LIMIT $${values.length + 1}`,
    ...values,
    query.limit + 1,
  );
  return pageOf(rows.map(orderOf), query.limit, ({ createdAt, orderId }) => ({ at: createdAt, id: orderId }));
}

function filterOf({ shop, status, attributed, q, cursor }: OrderQuery): {
  where: string;
  values: SqlValue[];
} {
  const values: SqlValue[] = [];
  const parameter = (value: SqlValue) => `$${values.push(value)}`;
  const place = placeOf(cursor);
  const of = parameter(shop);
  const filters = [`shop = ${of}`];
  if (status !== null) filters.push(`status = ${parameter(status)}`);
  if (attributed !== null) filters.push(`click_id IS ${attributed ? 'NOT ' : ''}NULL`);
  if (q !== null) filters.push(`order_id IN (${matching(of, parameter(q))})`);
  if (place !== null)
    filters.push(`(created_at, order_id) < (${parameter(place.at)}, ${parameter(place.id)})`);
  return { where: filters.join(' AND '), values };
}

/** Orders that have this id, this click, or this visitor. */
function matching(shop: string, q: string): string {
  return (
    `SELECT order_id FROM orders WHERE shop = ${shop} AND order_id = ${q} ` +
    `UNION SELECT order_id FROM orders WHERE shop = ${shop} AND click_id = ${q} ` +
    `UNION SELECT order_id FROM order_keys WHERE shop = ${shop} AND kind = 'visitor' AND value = ${q}`
  );
}
