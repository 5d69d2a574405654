/** One click's account at a tracker: read whole, planned by core, written back. */
import type { Account } from '../../core/account.ts';
import {
  type Connection,
  type ConnectionSettings,
  type Health,
  HEALTHY,
  type Repeats,
} from '../../core/connection.ts';
import { plan } from '../../core/conversion.ts';
import type { Order } from '../../core/order.ts';
import type { Postback } from '../../core/postback.ts';
import { raise } from './notices.ts';
import {
  orderOf,
  ORDERS,
  orderRow,
  POSTBACK_PROGRESS,
  postbackOf,
  postbackRow,
  POSTBACKS,
  text,
  textOrNull,
} from './rows.ts';
import { settingsOf } from './shops.ts';
import { first, patch, put, type Row, type Tx } from './sql.ts';

/** The shop's connection, or null while none is connected. */
export async function connectionOf(tx: Tx, shop: string, tracker = tx.tracker): Promise<Connection | null> {
  const row = await first(
    tx,
    'SELECT * FROM connections WHERE shop = $1 AND tracker = $2 AND connected = 1',
    shop,
    tracker,
  );
  return row === null ? null : connectionRow(row);
}

export function connectionRow(row: Row): Connection {
  return {
    shop: text(row['shop']),
    tracker: text(row['tracker']),
    settings: JSON.parse(text(row['settings'])) as ConnectionSettings,
    health: { ...HEALTHY, ...(JSON.parse(text(row['health'])) as Health) },
  };
}

/** Loads the account of a click as it stands in this transaction. */
export async function accountOf(
  tx: Tx,
  shop: string,
  { clickId, connection }: { clickId: string; connection?: Connection | null },
): Promise<Account> {
  const connected = connection === undefined ? await connectionOf(tx, shop) : connection;
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
  return {
    shop,
    tracker: tx.tracker,
    clickId,
    settings: connected?.settings ?? null,
    repeats: await repeatsOf(tx, { shop, clickId, connected }),
    testOrders: (await settingsOf(tx, shop)).testOrders,
    orders: orders.map(orderOf),
    postbacks: postbacks.map(postbackOf),
  };
}

/** Brings a click's postbacks up to date with its orders; gives the account as it stands afterwards. */
export async function replan(
  tx: Tx,
  shop: string,
  click: { clickId: string; now: number; connection?: Connection | null },
): Promise<Account> {
  const account = await accountOf(tx, shop, click);
  const { postbacks, notices } = plan(account, { now: click.now, newId: tx.newId });
  for (const postback of postbacks) await savePostback(tx, postback);
  for (const notice of notices) await raise(tx, notice, click.now);
  const changed = new Set(postbacks.map((each) => each.id));
  return {
    ...account,
    postbacks: [...account.postbacks.filter((each) => !changed.has(each.id)), ...postbacks],
  };
}

/** Most of the time only the state of an order's postback has changed, and then the indexes of the rest stay untouched. */
export async function savePostback(tx: Tx, postback: Postback): Promise<void> {
  const row = postbackRow(postback);
  const isKnown = postback.orderId !== null && (await patch(tx, POSTBACK_PROGRESS, row));
  if (!isKnown) await put(tx, POSTBACKS, row);
}

export async function saveOrder(tx: Tx, order: Order): Promise<void> {
  await put(tx, ORDERS, orderRow(order));
}

export async function loadOrder(tx: Tx, shop: string, orderId: string): Promise<Order | null> {
  const row = await first(tx, 'SELECT * FROM orders WHERE shop = $1 AND order_id = $2', shop, orderId);
  return row === null ? null : orderOf(row);
}

export async function loadPostback(tx: Tx, shop: string, id: string): Promise<Postback | null> {
  const row = await first(tx, 'SELECT * FROM postbacks WHERE shop = $1 AND id = $2', shop, id);
  return row === null ? null : postbackOf(row);
}

/** The mode stands on the click from its first attempt on; before it, and while nobody had said, the setting holds. */
export async function repeatsOf(
  tx: Tx,
  { shop, clickId, connected }: { shop: string; clickId: string; connected: Connection | null },
): Promise<Repeats> {
  const row = await first(
    tx,
    'SELECT repeats FROM reported_clicks WHERE shop = $1 AND tracker = $2 AND click_id = $3',
    shop,
    connected?.tracker ?? tx.tracker,
    clickId,
  );
  return (textOrNull(row?.['repeats']) as Repeats) ?? connected?.settings.repeats ?? null;
}
