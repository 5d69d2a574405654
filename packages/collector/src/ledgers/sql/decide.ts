/** Attribution inside the transaction: gathers the evidence for one order, lets core judge, writes verdict and plan. */
import type { Account } from '../../core/account.ts';
import { attribute, type BeaconedClick, type Kin } from '../../core/attribution.ts';
import type { Order } from '../../core/order.ts';
import type { ShopSettings } from '../../core/shop.ts';
import { loadOrder, replan, saveOrder } from './accounts.ts';
import { raise } from './notices.ts';
import { number, text, textOrNull } from './rows.ts';
import { settingsOf } from './shops.ts';
import { first, type Row, type Tx } from './sql.ts';

/** How many clicks of one visitor are weighed; more is not a person. */
const MOST_CLICKS = 200;

export interface Decided {
  readonly order: Order;
  /** The account of the order's click, planned; null without a click. */
  readonly account: Account | null;
}

/** Judges one order anew and plans what follows, for the click it had and for the click it has. */
export async function decide(tx: Tx, order: Order, now: number): Promise<Decided> {
  const settings = await settingsOf(tx, order.shop);
  await linkKeys(tx, order, settings);
  const beacons = await beaconsFor(tx, order, settings);
  const verdict = attribute({ order, settings, beacons, kin: await kinOf(tx, order) });
  const decided = { ...order, verdict };
  await saveOrder(tx, decided);
  if (verdict.candidates.some((each) => each.outcome === 'ambiguous-join-key'))
    await raiseAmbiguous(tx, order, now);
  const before = order.verdict.clickId;
  if (before !== null && before !== verdict.clickId) await replan(tx, order.shop, { clickId: before, now });
  if (verdict.clickId === null) return { order: decided, account: null };
  const account = await replan(tx, order.shop, { clickId: verdict.clickId, now });
  if (before !== verdict.clickId) await decideRebills(tx, decided, now);
  return { order: decided, account };
}

/** Judges orders anew that a new beacon concerns; tells which of them have a click now that they had not. */
export async function decideAll(
  tx: Tx,
  shop: string,
  { orderIds, now }: { orderIds: readonly string[]; now: number },
): Promise<string[]> {
  const attached: string[] = [];
  for (const orderId of orderIds) {
    const order = await loadOrder(tx, shop, orderId);
    if (order === null || order.verdict.reason === 'erased') continue;
    const decided = await decide(tx, order, now);
    if (order.verdict.clickId === null && decided.order.verdict.clickId !== null) attached.push(orderId);
  }
  return attached;
}

/** Orders that have this key, the newest first. */
export async function ordersWithKey(tx: Tx, shop: string, { kind, value }: { kind: KeyKind; value: string }) {
  const rows = await tx.sql.all(
    'SELECT order_id FROM order_keys WHERE shop = $1 AND kind = $2 AND value = $3 ORDER BY order_id DESC LIMIT 100',
    shop,
    kind,
    value,
  );
  return rows.map((row) => text(row['order_id']));
}

export type KeyKind = 'visitor' | 'join' | 'subscription' | 'customer';

/** Notes under which keys this order can be found when a beacon or a rebill comes. */
async function linkKeys(tx: Tx, order: Order, settings: ShopSettings): Promise<void> {
  const joins = settings.joinByOrderId ? [...order.joinKeys, order.orderId] : order.joinKeys;
  for (const value of order.visitorIds) await link(tx, order, ['visitor', value]);
  for (const value of joins) await link(tx, order, ['join', value]);
  if (order.subscriptionId !== null) await link(tx, order, ['subscription', order.subscriptionId]);
  if (order.customerId !== null) await link(tx, order, ['customer', order.customerId]);
}

export async function link(
  tx: Tx,
  { shop, orderId }: Pick<Order, 'shop' | 'orderId'>,
  [kind, value]: readonly [KeyKind, string],
): Promise<void> {
  await tx.sql.run(
    'INSERT INTO order_keys (shop, kind, value, order_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    shop,
    kind,
    value,
    orderId,
  );
}

async function beaconsFor(tx: Tx, order: Order, settings: ShopSettings): Promise<BeaconedClick[]> {
  const joinKeys = settings.joinByOrderId ? [...order.joinKeys, order.orderId] : order.joinKeys;
  const visitors = new Set(order.visitorIds);
  const clicks: BeaconedClick[] = [];
  for (const joinKey of joinKeys) {
    for (const row of await joinRows(tx, order.shop, joinKey)) {
      const [clickId, visitor] = [textOrNull(row['click_id']), textOrNull(row['visitor_id'])];
      if (clickId !== null)
        clicks.push({ clickId, joinKey, clickedAt: await earliest(tx, order.shop, clickId) });
      else if (visitor !== null) visitors.add(visitor);
    }
  }
  for (const visitor of visitors) {
    await link(tx, order, ['visitor', visitor]);
    for (const row of await visitorRows(tx, order.shop, visitor)) {
      clicks.push({ clickId: text(row['click_id']), joinKey: null, clickedAt: number(row['clicked_at']) });
    }
  }
  return clicks;
}

function joinRows(tx: Tx, shop: string, joinKey: string): Row[] | Promise<Row[]> {
  return tx.sql.all(
    `SELECT DISTINCT click_id, visitor_id FROM beacons WHERE shop = $1 AND join_key = $2
      ORDER BY click_id, visitor_id LIMIT ${MOST_CLICKS}`,
    shop,
    joinKey,
  );
}

function visitorRows(tx: Tx, shop: string, visitor: string): Row[] | Promise<Row[]> {
  return tx.sql.all(
    `SELECT click_id, MIN(clicked_at) AS clicked_at FROM beacons
      WHERE shop = $1 AND visitor_id = $2 AND click_id IS NOT NULL
      GROUP BY click_id ORDER BY 2 DESC LIMIT ${MOST_CLICKS}`,
    shop,
    visitor,
  );
}

/** A thank-you page beacons a click again; it was made when it was first seen. */
async function earliest(tx: Tx, shop: string, clickId: string): Promise<number> {
  const row = await first(
    tx,
    'SELECT MIN(clicked_at) AS clicked_at FROM beacons WHERE shop = $1 AND click_id = $2',
    shop,
    clickId,
  );
  return number(row?.['clicked_at']);
}

async function kinOf(tx: Tx, order: Order): Promise<Kin[]> {
  if (order.kind !== 'rebill') return [];
  const kin: Kin[] = [];
  for (const [via, value] of [
    ['subscription', order.subscriptionId],
    ['customer', order.customerId],
  ] as const) {
    if (value === null) continue;
    const rows = await tx.sql.all(
      `SELECT o.click_id, o.placed_at FROM order_keys k JOIN orders o ON o.shop = k.shop AND o.order_id = k.order_id
        WHERE k.shop = $1 AND k.kind = $2 AND k.value = $3 AND o.click_id IS NOT NULL AND o.order_id <> $4
        ORDER BY o.placed_at LIMIT 1`,
      order.shop,
      via,
      value,
      order.orderId,
    );
    kin.push(
      ...rows.map((row) => ({ via, clickId: text(row['click_id']), placedAt: number(row['placed_at']) })),
    );
  }
  return kin;
}

/** Rebills follow the click of their subscription: those that came before it was known, and those nothing was told of. */
async function decideRebills(tx: Tx, order: Order, now: number): Promise<void> {
  for (const [kind, value] of [
    ['subscription', order.subscriptionId],
    ['customer', order.customerId],
  ] as const) {
    if (value === null || order.kind === 'rebill') continue;
    const rows = await tx.sql.all(
      `SELECT o.order_id FROM order_keys k JOIN orders o ON o.shop = k.shop AND o.order_id = k.order_id
        WHERE k.shop = $1 AND k.kind = $2 AND k.value = $3 AND o.kind = 'rebill' AND o.frozen = 0 LIMIT 100`,
      order.shop,
      kind,
      value,
    );
    await decideAll(tx, order.shop, { orderIds: rows.map((row) => text(row['order_id'])), now });
  }
}

function raiseAmbiguous(tx: Tx, order: Order, now: number): Promise<void> {
  return raise(
    tx,
    {
      shop: order.shop,
      code: 'ambiguous-join-key',
      subject: `order:${order.orderId}`,
      detail:
        'Beacons with this order key name different clicks, so the key joins nothing. Attach the right click by hand.',
    },
    now,
  );
}
