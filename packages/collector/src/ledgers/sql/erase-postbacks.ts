/** Postbacks of an erased person: what they told in money stays, whom they told about goes, what waits is not sent. */
import type { Postback, Report } from '../../core/postback.ts';
import { savePostback } from './accounts.ts';
import { erasedId } from './erased-id.ts';
import { attemptOf, postbackOf, reportText } from './rows.ts';
import type { Tx } from './sql.ts';

/** The names that stand in place of erased ids. */
export interface ErasedNames {
  readonly clicks: ReadonlyMap<string, string>;
  readonly orders: ReadonlyMap<string, string>;
}

export async function erasePostbacks(
  tx: Tx,
  shop: string,
  { names, now }: { names: ErasedNames; now: number },
): Promise<void> {
  const rows = await rowsOf(tx, shop, names);
  // A row that an order left behind on a click of somebody else is the person's, that click is not.
  const clicks = new Map(names.clicks);
  for (const row of rows) {
    if (!clicks.has(row.clickId)) clicks.set(row.clickId, erasedId(tx));
    await erasePostback(tx, row, { names: { clicks, orders: names.orders }, now });
  }
}

async function rowsOf(tx: Tx, shop: string, { clicks, orders }: ErasedNames): Promise<Postback[]> {
  const rows = new Map<string, Postback>();
  for (const [column, ids] of [
    ['click_id', clicks.keys()],
    ['order_id', orders.keys()],
  ] as const) {
    for (const id of ids) {
      const found = await tx.sql.all(`SELECT * FROM postbacks WHERE shop = $1 AND ${column} = $2`, shop, id);
      for (const row of found.map(postbackOf)) rows.set(row.id, row);
    }
  }
  return [...rows.values()];
}

/** One that is on its way keeps its state and its token: its attempt ends as any other. */
async function erasePostback(
  tx: Tx,
  row: Postback,
  { names, now }: { names: ErasedNames; now: number },
): Promise<void> {
  const { shop, id, orderId, reported } = row;
  await savePostback(tx, {
    ...row,
    ...(row.state === 'due' ? { state: 'skipped', reason: 'erased' } : {}),
    clickId: named(names.clicks, row.clickId),
    orderId: orderId === null ? null : named(names.orders, orderId),
    reported: reported === null ? null : withoutPerson(reported, names),
    wantedKey: '',
    updatedAt: now,
  });
  const attempts = await tx.sql.all('SELECT * FROM attempts WHERE shop = $1 AND postback_id = $2', shop, id);
  for (const { attempt, report } of attempts.map(attemptOf)) {
    await tx.sql.run(
      `UPDATE attempts SET report = $1, url = NULL, body = NULL
        WHERE shop = $2 AND postback_id = $3 AND attempt = $4`,
      reportText(withoutPerson(report, names)),
      shop,
      id,
      attempt,
    );
  }
}

function withoutPerson(report: Report, { clicks, orders }: ErasedNames): Report {
  return {
    ...report,
    clickId: named(clicks, report.clickId),
    orderId: named(orders, report.orderId),
    orderIds: report.orderIds.map((orderId) => named(orders, orderId)),
  };
}

function named(names: ReadonlyMap<string, string>, id: string): string {
  return names.get(id) ?? id;
}
