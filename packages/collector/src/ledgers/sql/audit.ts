import type { Audited } from '../../core/ports.ts';
import type { Tx } from './sql.ts';

/** Writes down who changed what. The detail is for people: never a secret, never a key. */
export async function audit(
  tx: Tx,
  { shop, actor, now }: Audited & { readonly shop: string },
  { action, ...detail }: { readonly action: string } & Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx.sql.run(
    'INSERT INTO audit (shop, id, at, actor, action, detail) VALUES ($1, $2, $3, $4, $5, $6)',
    shop,
    tx.newId(),
    now,
    actor,
    action,
    JSON.stringify(detail),
  );
}
