import type { Account } from '../../core/account.ts';
import { hear, type Order, type OrderNews } from '../../core/order.ts';
import type { OrderReceived } from '../../core/ports.ts';
import type { Postback } from '../../core/postback.ts';
import { accountOf, loadOrder, saveOrder } from './accounts.ts';
import { decide } from './decide.ts';
import { raise } from './notices.ts';
import { newsOf } from './read-order.ts';
import { number } from './rows.ts';
import { first, type Tx } from './sql.ts';

/** Takes in one piece of news about an order, judges it and plans its postbacks: all or nothing. */
export async function receiveOrder(tx: Tx, news: OrderNews): Promise<OrderReceived> {
  if (await isErased(tx, news.shop, news.orderId)) return { outcome: 'erased' };
  const known = await loadOrder(tx, news.shop, news.orderId);
  const digest = tx.digest(contentOf(news));
  if (known !== null && (await isRepeat(tx, news, digest))) return repeated(tx, known);
  const earlier = known === null ? [] : await newsOf(tx, news.shop, news.orderId);
  const hearing = hear(known, news, earlier);
  if (hearing.effect === 'other-currency') {
    await raiseCurrency(tx, news, hearing.order.currency);
    return { outcome: 'other-currency', known: hearing.order.currency };
  }
  await saveOrder(tx, hearing.order);
  await saveNews(tx, news, { digest, effect: hearing.effect });
  const { order, account } = await decide(tx, hearing.order, news.receivedAt);
  return { outcome: 'stored', effect: hearing.effect, order, postback: standingFor(account, order) };
}

/** Everything the news says, without when and by which way it reached us: equal for the same news again. */
function contentOf(news: OrderNews): string {
  const { receivedAt: _receivedAt, source: _source, ...content } = news;
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

async function isErased(tx: Tx, shop: string, orderId: string): Promise<boolean> {
  const digest = tx.digest(orderId);
  return (
    (await first(tx, 'SELECT 1 AS one FROM erased_orders WHERE shop = $1 AND digest = $2', shop, digest)) !==
    null
  );
}

async function isRepeat(tx: Tx, { shop, orderId }: OrderNews, digest: string): Promise<boolean> {
  const statement = 'SELECT 1 AS one FROM order_news WHERE shop = $1 AND order_id = $2 AND digest = $3';
  return (await first(tx, statement, shop, orderId, digest)) !== null;
}

async function repeated(tx: Tx, order: Order): Promise<OrderReceived> {
  const { clickId } = order.verdict;
  const account = clickId === null ? null : await accountOf(tx, order.shop, { clickId });
  return { outcome: 'stored', effect: 'repeat', order, postback: standingFor(account, order) };
}

async function saveNews(
  tx: Tx,
  news: OrderNews,
  { digest, effect }: { digest: string; effect: string },
): Promise<void> {
  const count = await first(
    tx,
    'SELECT COUNT(*) AS heard FROM order_news WHERE shop = $1 AND order_id = $2',
    news.shop,
    news.orderId,
  );
  await tx.sql.run(
    `INSERT INTO order_news (shop, order_id, digest, seq, received_at, effect, content)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    news.shop,
    news.orderId,
    digest,
    number(count?.['heard']) + 1,
    news.receivedAt,
    effect,
    JSON.stringify({ ...news, amount: news.amount.toString(), refunded: news.refunded?.toString() ?? null }),
  );
}

/** The postback an answer about this order names: its click's running total, or its own last one that still stands. */
function standingFor(
  account: Account | null,
  order: Order,
): Pick<Postback, 'id' | 'state' | 'reason'> | null {
  if (account === null) return null;
  const own = account.postbacks.filter((row) => row.orderId === order.orderId);
  const total = account.postbacks.find((row) => row.orderId === null);
  const lastStanding = own.findLast((row) => row.reason !== 'superseded');
  const isTotal = account.repeats === 'replaces' && lastStanding?.state !== 'skipped';
  const standing = (isTotal ? total : lastStanding) ?? lastStanding ?? own.at(-1);
  return standing === undefined ? null : { id: standing.id, state: standing.state, reason: standing.reason };
}

function raiseCurrency(tx: Tx, news: OrderNews, known: string): Promise<void> {
  const detail = `News names ${news.currency}, the order is known in ${known}. It was refused; send the order's own currency.`;
  const notice = {
    shop: news.shop,
    code: 'currency-changed',
    subject: `order:${news.orderId}`,
    detail,
  } as const;
  return raise(tx, notice, news.receivedAt);
}
