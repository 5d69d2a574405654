/** The order money behind the payouts a tracker accepted. It stands in the reports, so they are read a few at a time. */
import { postbackOf, textOrNull } from './rows.ts';
import type { Row, Tx } from './sql.ts';

const AT_ONCE = 5_000;

/** From a moment up to, not including, another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** By the currency of the orders, in minor units. */
export async function acceptedMoney(tx: Tx, shop: string, span: Span): Promise<Record<string, bigint>> {
  const sums: Record<string, bigint> = {};
  let rows: Row[] = [];
  do {
    const last = rows.at(-1);
    rows = await acceptedAfter(tx, shop, { span, place: [last?.['created_at'] ?? -1, last?.['id'] ?? ''] });
    for (const row of rows) {
      const { reported } = postbackOf(row);
      if (reported === null) continue;
      // A fixed payout may be told in another currency than the one the order was paid in.
      const currency =
        textOrNull(row['own_currency']) ?? textOrNull(row['click_currency']) ?? reported.currency;
      sums[currency] = (sums[currency] ?? 0n) + reported.amount;
    }
  } while (rows.length === AT_ONCE);
  return sums;
}

/** A click's accepted total has replaced what was told of its orders one by one before. */
function acceptedAfter(
  tx: Tx,
  shop: string,
  { span, place }: { span: Span; place: [NonNullable<Row[string]>, NonNullable<Row[string]>] },
): Row[] | Promise<Row[]> {
  return tx.sql.all(
    `SELECT p.*,
      (SELECT o.currency FROM orders o WHERE o.shop = p.shop AND o.order_id = p.order_id) AS own_currency,
      (SELECT o.currency FROM orders o WHERE o.shop = p.shop AND o.click_id = p.click_id
        ORDER BY o.ever_paid DESC, o.created_at, o.order_id LIMIT 1) AS click_currency
      FROM postbacks p
      WHERE p.shop = $1 AND p.state = 'accepted' AND p.created_at >= $2 AND p.created_at < $3
        AND (p.created_at, p.id) > ($4, $5)
        AND (p.order_id IS NULL OR NOT EXISTS (SELECT 1 FROM postbacks total WHERE total.shop = p.shop
          AND total.tracker = p.tracker AND total.click_id = p.click_id AND total.order_id IS NULL AND total.sent > 0))
      ORDER BY p.created_at, p.id LIMIT ${AT_ONCE}`,
    shop,
    span.from,
    span.to,
    ...place,
  );
}
