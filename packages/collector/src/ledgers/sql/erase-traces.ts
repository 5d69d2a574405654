/** What the ledger wrote down about a person's clicks and orders elsewhere: modes, notices, refusals, the audit log. */
import { connectionRow } from './accounts.ts';
import { ATTACH } from './attach-click.ts';
import type { ErasedNames } from './erase-postbacks.ts';
import { withdraw } from './notices.ts';
import { text } from './rows.ts';
import { saveHealth } from './settle.ts';
import type { Tx } from './sql.ts';

export async function eraseTraces(tx: Tx, shop: string, names: ErasedNames): Promise<void> {
  for (const [clickId, name] of names.clicks) {
    await tx.sql.run(
      'UPDATE reported_clicks SET click_id = $1 WHERE shop = $2 AND click_id = $3',
      name,
      shop,
      clickId,
    );
    await dropNotices(tx, shop, `click:${clickId}`);
  }
  for (const orderId of names.orders.keys()) await dropNotices(tx, shop, `order:${orderId}`);
  await dropNoticesNaming(tx, shop, names);
  await renameRefused(tx, shop, names);
  await renameAttached(tx, shop, names);
}

async function dropNotices(tx: Tx, shop: string, subject: string): Promise<void> {
  await tx.sql.run('DELETE FROM notices WHERE shop = $1 AND subject = $2', shop, subject);
}

/** A question about a click names its second order, which may have moved to another click since. */
async function dropNoticesNaming(tx: Tx, shop: string, { orders }: ErasedNames): Promise<void> {
  const code = 'second-order-on-click';
  const rows = await tx.sql.all(
    'SELECT subject, detail FROM notices WHERE shop = $1 AND code = $2',
    shop,
    code,
  );
  for (const row of rows) {
    const detail = text(row['detail']);
    const isNamed = [...orders.keys()].some((orderId) => detail.includes(orderId));
    if (isNamed) await withdraw(tx, { shop, code, subject: text(row['subject']) });
  }
}

/** Health counts refusals by click. */
async function renameRefused(tx: Tx, shop: string, { clicks }: ErasedNames): Promise<void> {
  const rows = await tx.sql.all('SELECT * FROM connections WHERE shop = $1', shop);
  for (const connection of rows.map(connectionRow)) {
    const { refusedClicks } = connection.health;
    if (!refusedClicks.some((clickId) => clicks.has(clickId))) continue;
    const renamed = refusedClicks.map((clickId) => clicks.get(clickId) ?? clickId);
    await saveHealth(tx, connection, { ...connection.health, refusedClicks: renamed });
  }
}

async function renameAttached(tx: Tx, shop: string, { clicks, orders }: ErasedNames): Promise<void> {
  const rows = await tx.sql.all('SELECT id, detail FROM audit WHERE shop = $1 AND action = $2', shop, ATTACH);
  for (const row of rows) {
    const { orderId, clickId } = JSON.parse(text(row['detail'])) as { orderId: string; clickId: string };
    if (!orders.has(orderId) && !clicks.has(clickId)) continue;
    const detail = { orderId: orders.get(orderId) ?? orderId, clickId: clicks.get(clickId) ?? clickId };
    await tx.sql.run(
      'UPDATE audit SET detail = $1 WHERE shop = $2 AND id = $3',
      JSON.stringify(detail),
      shop,
      text(row['id']),
    );
  }
}
