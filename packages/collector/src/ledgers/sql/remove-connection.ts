import type { Audited } from '../../core/ports.ts';
import { audit } from './audit.ts';
import { withdraw } from './notices.ts';
import type { Tx } from './sql.ts';

/**
 * Disconnects a tracker and forgets its secret: what waits is skipped, and can be replayed once a tracker is connected.
 * What is on its way settles as it ends. False when nothing was connected.
 */
export async function removeConnection(
  tx: Tx,
  shop: string,
  ...[tracker, audited]: [tracker: string, audited: Audited]
): Promise<boolean> {
  const removed = await tx.sql.run(
    'UPDATE connections SET connected = 0, secret = NULL WHERE shop = $1 AND tracker = $2 AND connected = 1',
    shop,
    tracker,
  );
  if (removed === 0) return false;
  const skipped = await tx.sql.run(
    `UPDATE postbacks SET state = 'skipped', reason = 'disconnected', updated_at = $1
      WHERE shop = $2 AND tracker = $3 AND state = 'due'`,
    audited.now,
    shop,
    tracker,
  );
  await withdraw(tx, { shop, code: 'tracker-paused', subject: `tracker:${tracker}` });
  await withdraw(tx, { shop, code: 'shared-domain', subject: `tracker:${tracker}` });
  await audit(tx, { ...audited, shop }, { action: 'remove-connection', tracker, skipped });
  return true;
}
