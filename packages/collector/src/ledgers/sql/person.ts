/**
 * Who hangs on an id that is to be erased. Who made a click made every order of it; a visitor's clicks and orders are
 * the visitor's; an order leads to its click and to the visitors it came with.
 */
import type { ErasedPerson } from '../../core/ports.ts';
import { loadOrder } from './accounts.ts';
import type { KeyKind } from './decide.ts';
import { text } from './rows.ts';
import type { Tx } from './sql.ts';

export interface Person {
  readonly visitors: ReadonlySet<string>;
  readonly clicks: ReadonlySet<string>;
  readonly orders: ReadonlySet<string>;
  /** Keys that join these orders to beacons. */
  readonly joinKeys: ReadonlySet<string>;
}

export async function personOf(tx: Tx, shop: string, by: ErasedPerson): Promise<Person> {
  const visitors = new Set<string>();
  const clicks = new Set<string>();
  const orders = new Set<string>();
  if ('clickId' in by) clicks.add(by.clickId);
  if ('visitorId' in by) visitors.add(by.visitorId);
  if ('orderId' in by && (await loadOrder(tx, shop, by.orderId)) !== null) {
    orders.add(by.orderId);
    for (const visitor of await keysOf(tx, shop, [by.orderId, 'visitor'])) visitors.add(visitor);
  }
  for (const visitor of visitors) {
    for (const click of await clicksOf(tx, shop, visitor)) clicks.add(click);
    for (const order of await ordersOf(tx, shop, visitor)) orders.add(order);
  }
  for (const orderId of orders) {
    const clickId = (await loadOrder(tx, shop, orderId))?.verdict.clickId ?? null;
    if (clickId !== null) clicks.add(clickId);
  }
  for (const click of clicks) for (const order of await ordersOn(tx, shop, click)) orders.add(order);
  const joinKeys = new Set<string>();
  for (const order of orders) for (const key of await keysOf(tx, shop, [order, 'join'])) joinKeys.add(key);
  return { visitors, clicks, orders, joinKeys };
}

async function clicksOf(tx: Tx, shop: string, visitor: string): Promise<string[]> {
  const rows = await tx.sql.all(
    'SELECT DISTINCT click_id FROM beacons WHERE shop = $1 AND visitor_id = $2 AND click_id IS NOT NULL',
    shop,
    visitor,
  );
  return rows.map((row) => text(row['click_id']));
}

async function ordersOf(tx: Tx, shop: string, visitor: string): Promise<string[]> {
  const rows = await tx.sql.all(
    `SELECT order_id FROM order_keys WHERE shop = $1 AND kind = 'visitor' AND value = $2`,
    shop,
    visitor,
  );
  return rows.map((row) => text(row['order_id']));
}

async function ordersOn(tx: Tx, shop: string, click: string): Promise<string[]> {
  const rows = await tx.sql.all('SELECT order_id FROM orders WHERE shop = $1 AND click_id = $2', shop, click);
  return rows.map((row) => text(row['order_id']));
}

async function keysOf(tx: Tx, shop: string, [orderId, kind]: readonly [string, KeyKind]): Promise<string[]> {
  const rows = await tx.sql.all(
    'SELECT value FROM order_keys WHERE shop = $1 AND order_id = $2 AND kind = $3',
    shop,
    orderId,
    kind,
  );
  return rows.map((row) => text(row['value']));
}
