import type { Order, OrderNews } from '../../core/order.ts';
import type { HeardNews, OrderStory } from '../../core/stories.ts';
import { loadOrder } from './accounts.ts';
import { noticesAbout } from './read-notices.ts';
import { toldOf } from './read-postback.ts';
import { minor, text } from './rows.ts';
import type { Row, Tx } from './sql.ts';

/** One order explained: what was heard of it, what was sent for it or for its whole click, and what to know. */
export async function order(tx: Tx, shop: string, orderId: string): Promise<OrderStory | null> {
  const known = await loadOrder(tx, shop, orderId);
  if (known === null) return null;
  const { clickId } = known.verdict;
  return {
    order: known,
    news: await newsOf(tx, shop, orderId),
    postbacks: await toldOf(tx, await postbacksOf(tx, known)),
    notices: [
      ...(await noticesAbout(tx, shop, `order:${orderId}`)),
      ...(clickId === null ? [] : await noticesAbout(tx, shop, `click:${clickId}`)),
    ],
  };
}

function postbacksOf(tx: Tx, { shop, orderId, verdict }: Order): Row[] | Promise<Row[]> {
  return tx.sql.all(
    `SELECT * FROM postbacks WHERE shop = $1 AND order_id = $2
      UNION ALL SELECT * FROM postbacks WHERE shop = $1 AND click_id = $3 AND order_id IS NULL
      ORDER BY created_at, id`,
    shop,
    orderId,
    verdict.clickId,
  );
}

/** What was heard of an order, in the order it came in. */
export async function newsOf(tx: Tx, shop: string, orderId: string): Promise<HeardNews[]> {
  const rows = await tx.sql.all(
    'SELECT effect, content FROM order_news WHERE shop = $1 AND order_id = $2 ORDER BY seq',
    shop,
    orderId,
  );
  return rows.map(heardOf);
}

function heardOf(row: Row): HeardNews {
  const news = JSON.parse(text(row['content'])) as Omit<OrderNews, 'amount' | 'refunded'> & {
    amount: string;
    refunded: string | null;
  };
  return {
    ...news,
    amount: minor(news.amount),
    refunded: news.refunded === null ? null : minor(news.refunded),
    effect: text(row['effect']) as HeardNews['effect'],
  };
}
