/** Sums for one shop and a span of time: what came in, what became of it, and how much money was told. */
import type { PostbackState } from '../../core/postback.ts';
import type { Summary } from '../../core/stories.ts';
import { acceptedMoney, type Span } from './summary-accepted.ts';
import { minor, number, text, textOrNull } from './rows.ts';
import { first, type Row, type Tx } from './sql.ts';

/** Up to here the clicks of a span are told apart by themselves; beyond it, walking all clicks in order is faster. */
const FEW_BEACONS = 100_000;

export async function summary(
  tx: Tx,
  shop: string,
  ...[from, to]: [from: number, to: number]
): Promise<Summary> {
  const span = { from, to };
  const verdicts = await counted(tx, shop, { span, column: 'no_click_reason', table: 'orders' });
  const { null: attributed = 0, ...unattributed } = verdicts;
  const orders = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
  const states = await counted(tx, shop, { span, column: 'state', table: 'postbacks' });
  return {
    clicks: await clicksIn(tx, shop, span),
    orders,
    attributed,
    unattributed,
    postbacks: states satisfies Partial<Record<PostbackState, number>>,
    paid: await paidMoney(tx, shop, span),
    accepted: await acceptedMoney(tx, shop, span),
  };
}

async function clicksIn(tx: Tx, shop: string, { from, to }: Span): Promise<number> {
  const range = 'shop = $1 AND received_at >= $2 AND received_at < $3';
  const beacons = await first(tx, `SELECT COUNT(*) AS few FROM beacons WHERE ${range}`, shop, from, to);
  // The plus keeps the planner off the index by time: in the order of the index by click, nothing needs to be sorted.
  const inOrder = 'shop = $1 AND click_id IS NOT NULL AND +received_at >= $2 AND +received_at < $3';
  const row = await first(
    tx,
    `SELECT COUNT(DISTINCT click_id) AS clicks FROM beacons WHERE ${number(beacons?.['few']) > FEW_BEACONS ? inOrder : range}`,
    shop,
    from,
    to,
  );
  return number(row?.['clicks']);
}

async function counted(
  tx: Tx,
  shop: string,
  { span, column, table }: { span: Span; column: string; table: 'orders' | 'postbacks' },
): Promise<Record<string, number>> {
  const rows: Row[] = await tx.sql.all(
    `SELECT ${column} AS value, COUNT(*) AS times FROM ${table}
      WHERE shop = $1 AND created_at >= $2 AND created_at < $3 GROUP BY ${column}`,
    shop,
    span.from,
    span.to,
  );
  return Object.fromEntries(rows.map((row) => [String(textOrNull(row['value'])), number(row['times'])]));
}

/** What customers paid, whether or not it was paid back later. A sum may be larger than a number holds exactly. */
async function paidMoney(tx: Tx, shop: string, { from, to }: Span): Promise<Record<string, bigint>> {
  const rows = await tx.sql.all(
    `SELECT currency, CAST(SUM(amount) AS TEXT) AS paid FROM orders
      WHERE shop = $1 AND created_at >= $2 AND created_at < $3 AND ever_paid = 1 GROUP BY currency`,
    shop,
    from,
    to,
  );
  return Object.fromEntries(rows.map((row) => [text(row['currency']), minor(row['paid'])]));
}
