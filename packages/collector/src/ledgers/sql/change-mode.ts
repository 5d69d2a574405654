/**
 * The shop changed what it says the tracker does with a repeat. The first answer holds for every click; a changed answer
 * only for clicks without an attempt: the others keep the mode they were told in, which is stamped on them now.
 */
import type { Connection, Repeats } from '../../core/connection.ts';
import { replan } from './accounts.ts';
import { withdrawAll } from './notices.ts';
import { text } from './rows.ts';
import type { Tx } from './sql.ts';

export async function changeMode(
  tx: Tx,
  connection: Connection,
  { before, now }: { before: Repeats; now: number },
): Promise<void> {
  const { shop, settings } = connection;
  if (before === settings.repeats) return;
  if (before !== null) await stamp(tx, connection, before);
  else await withdrawAll(tx, { shop, code: 'second-order-on-click' });
  const isFirstWord = before === null && settings.repeats === 'replaces';
  const clicks = [
    ...(await clicksWaiting(tx, connection)),
    ...(isFirstWord ? await clicksToldInParts(tx, connection) : []),
  ];
  for (const clickId of new Set(clicks)) await replan(tx, shop, { clickId, now, connection });
}

async function stamp(tx: Tx, { shop, tracker }: Connection, mode: string): Promise<void> {
  await tx.sql.run(
    'UPDATE reported_clicks SET repeats = $1 WHERE shop = $2 AND tracker = $3 AND repeats IS NULL',
    mode,
    shop,
    tracker,
  );
}

/** Clicks with something to send, which have no mode of their own. */
async function clicksWaiting(tx: Tx, { shop, tracker }: Connection): Promise<string[]> {
  const rows = await tx.sql.all(
    `SELECT DISTINCT p.click_id FROM postbacks p WHERE p.shop = $1 AND p.tracker = $2 AND p.state = 'due'
      AND NOT EXISTS (SELECT 1 FROM reported_clicks r WHERE r.shop = p.shop AND r.tracker = p.tracker
        AND r.click_id = p.click_id AND r.repeats IS NOT NULL)`,
    shop,
    tracker,
  );
  return rows.map((row) => text(row['click_id']));
}

/** Clicks told order by order, or not of a partial refund or another amount: the tracker has never seen their total. */
async function clicksToldInParts(tx: Tx, { shop, tracker }: Connection): Promise<string[]> {
  const rows = await tx.sql.all(
    `SELECT r.click_id FROM reported_clicks r WHERE r.shop = $1 AND r.tracker = $2 AND r.repeats IS NULL
      AND (SELECT COUNT(*) + SUM(CASE WHEN o.refunded > 0 OR EXISTS (SELECT 1 FROM notices n
          WHERE n.shop = o.shop AND n.code = 'amount-changed' AND n.subject = 'order:' || o.order_id) THEN 1 ELSE 0 END)
        FROM orders o WHERE o.shop = r.shop AND o.click_id = r.click_id) > 1`,
    shop,
    tracker,
  );
  return rows.map((row) => text(row['click_id']));
}
