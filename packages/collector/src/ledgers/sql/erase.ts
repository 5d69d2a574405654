/**
 * Removes a person and keeps the sums: orders keep their money, status and times and postbacks what they told, but no id,
 * key or click in them leads to anybody any more. Later news about an erased order is recognised by a digest.
 */
import type { Audited, Erased, ErasedPerson } from '../../core/ports.ts';
import { audit } from './audit.ts';
import { eraseOrder } from './erase-order.ts';
import { erasePostbacks } from './erase-postbacks.ts';
import { eraseTraces } from './erase-traces.ts';
import { erasedId } from './erased-id.ts';
import { type Person, personOf } from './person.ts';
import type { Tx } from './sql.ts';

export async function erase(
  tx: Tx,
  ask: Audited & { readonly shop: string; readonly person: ErasedPerson },
): Promise<Erased> {
  const { shop, now } = ask;
  const erased = await erasePerson(tx, shop, { person: await personOf(tx, shop, ask.person), now });
  await audit(tx, ask, { action: 'erase', by: Object.keys(ask.person)[0], ...erased });
  return erased;
}

/** Leaves nothing that leads to these visitors, clicks and orders. */
export async function erasePerson(
  tx: Tx,
  shop: string,
  { person, now }: { person: Person; now: number },
): Promise<Erased> {
  const names = { clicks: renamed(tx, person.clicks), orders: renamed(tx, person.orders) };
  const beacons = await eraseBeacons(tx, shop, person);
  await erasePostbacks(tx, shop, { names, now });
  await eraseTraces(tx, shop, names);
  for (const [orderId, name] of names.orders) await eraseOrder(tx, shop, { orderId, name });
  return { beacons, orders: names.orders.size };
}

function renamed(tx: Tx, ids: ReadonlySet<string>): Map<string, string> {
  return new Map([...ids].map((id) => [id, erasedId(tx)]));
}

async function eraseBeacons(tx: Tx, shop: string, { visitors, clicks, joinKeys }: Person): Promise<number> {
  let erased = 0;
  for (const [column, values] of [
    ['visitor_id', visitors],
    ['click_id', clicks],
    ['join_key', joinKeys],
  ] as const) {
    for (const value of values) {
      erased += await tx.sql.run(`DELETE FROM beacons WHERE shop = $1 AND ${column} = $2`, shop, value);
    }
  }
  return erased;
}
