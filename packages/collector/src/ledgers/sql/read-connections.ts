import type { Connection } from '../../core/connection.ts';
import { connectionRow } from './accounts.ts';
import { textOrNull } from './rows.ts';
import { first, type Tx } from './sql.ts';

/** The trackers a shop is connected to. */
export async function connections(tx: Tx, shop: string): Promise<readonly Connection[]> {
  const rows = await tx.sql.all(
    'SELECT * FROM connections WHERE shop = $1 AND connected = 1 ORDER BY tracker',
    shop,
  );
  return rows.map(connectionRow);
}

/** A tracker's secret, opened; null when there is none. */
export async function connectionSecret(tx: Tx, shop: string, tracker: string): Promise<string | null> {
  const row = await first(
    tx,
    'SELECT secret FROM connections WHERE shop = $1 AND tracker = $2 AND connected = 1',
    shop,
    tracker,
  );
  const sealed = textOrNull(row?.['secret']);
  return sealed === null ? null : tx.unseal(sealed);
}
