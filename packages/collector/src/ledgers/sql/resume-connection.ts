import { type Health, HEALTHY } from '../../core/connection.ts';
import type { Audited } from '../../core/ports.ts';
import { connectionOf } from './accounts.ts';
import { audit } from './audit.ts';
import { withdraw } from './notices.ts';
import { saveHealth, wake } from './settle.ts';
import type { Tx } from './sql.ts';

/** Ends a pause, closes the breaker and makes what waits due now. Null when the tracker is not connected. */
export async function resumeConnection(
  tx: Tx,
  shop: string,
  ...[tracker, audited]: [tracker: string, audited: Audited]
): Promise<Health | null> {
  const connection = await connectionOf(tx, shop, tracker);
  if (connection === null) return null;
  await saveHealth(tx, connection, HEALTHY);
  await wake(tx, connection, audited.now);
  await withdraw(tx, { shop, code: 'tracker-paused', subject: `tracker:${tracker}` });
  await audit(tx, { ...audited, shop }, { action: 'resume-connection', tracker });
  return HEALTHY;
}
