/** The shops' API keys: only their hashes are ever stored. */
import type { ApiKey, Audited } from '../../core/ports.ts';
import { audit } from './audit.ts';
import type { Tx } from './sql.ts';

export async function addKey(
  tx: Tx,
  { shop, id, hash, label, createdAt }: ApiKey,
  audited: Audited,
): Promise<void> {
  await tx.sql.run(
    `INSERT INTO api_keys (shop, id, hash, label, created_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (shop, id) DO UPDATE SET hash = excluded.hash, label = excluded.label`,
    shop,
    id,
    hash,
    label,
    createdAt,
  );
  await audit(tx, { ...audited, shop }, { action: 'add-key', id, label });
}

/** False when the shop has no such key. */
export async function removeKey(
  tx: Tx,
  shop: string,
  ...[id, audited]: [id: string, audited: Audited]
): Promise<boolean> {
  const removed = await tx.sql.run('DELETE FROM api_keys WHERE shop = $1 AND id = $2', shop, id);
  if (removed === 0) return false;
  await audit(tx, { ...audited, shop }, { action: 'remove-key', id });
  return true;
}
