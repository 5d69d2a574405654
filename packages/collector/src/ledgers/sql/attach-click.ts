import type { AttachOutcome, Audited } from '../../core/ports.ts';
import { loadOrder } from './accounts.ts';
import { audit } from './audit.ts';
import { decide } from './decide.ts';
import type { Tx } from './sql.ts';

/** Attaches a click to an order by hand, as long as the verdict is not frozen, and plans what follows. */
export async function attachClick(
  tx: Tx,
  ask: Audited & { readonly shop: string; readonly orderId: string; readonly clickId: string },
): Promise<AttachOutcome> {
  const { shop, orderId, clickId, now } = ask;
  const known = await loadOrder(tx, shop, orderId);
  if (known === null) return { outcome: 'not-found' };
  if (known.frozen) return { outcome: 'frozen' };
  const { order } = await decide(tx, { ...known, attached: clickId }, now);
  await audit(tx, ask, { action: ATTACH, orderId, clickId });
  return { outcome: 'attached', order };
}

/** The one action whose audit entry names an order and its click; erasing a person looks for it. */
export const ATTACH = 'attach-click';
