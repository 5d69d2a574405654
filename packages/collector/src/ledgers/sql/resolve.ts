import type { Audited } from '../../core/ports.ts';
import { resolved } from '../../core/resolve.ts';
import { loadPostback, replan, savePostback } from './accounts.ts';
import { audit } from './audit.ts';
import { withdrawEnding } from './notices.ts';
import { markReported } from './settle.ts';
import type { Tx } from './sql.ts';

/** Settles an uncertain postback by a person's word, and plans what waited for it. */
export async function resolve(
  tx: Tx,
  ask: Audited & {
    readonly shop: string;
    readonly postbackId: string;
    readonly as: 'accepted' | 'abandoned';
  },
): Promise<'done' | 'not-found' | 'wrong-state'> {
  const { shop, postbackId, as, now } = ask;
  const row = await loadPostback(tx, shop, postbackId);
  if (row === null) return 'not-found';
  const after = resolved(row, as, now);
  if (after === null) return 'wrong-state';
  await savePostback(tx, after);
  if (as === 'accepted') await markReported(tx, row);
  await withdrawEnding(tx, row);
  await replan(tx, shop, { clickId: row.clickId, now });
  await audit(tx, ask, { action: 'resolve', postbackId, as });
  return 'done';
}
