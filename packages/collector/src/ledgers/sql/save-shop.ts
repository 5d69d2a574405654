import type { Audited } from '../../core/ports.ts';
import type { Shop } from '../../core/shop.ts';
import { audit } from './audit.ts';
import type { Tx } from './sql.ts';

/** Stores a shop's settings. Verdicts and postbacks that exist stay as they are; news that comes is judged by them. */
export async function saveShop(tx: Tx, { shop, settings }: Shop, audited: Audited): Promise<void> {
  await tx.sql.run(
    'INSERT INTO shops (shop, settings) VALUES ($1, $2) ON CONFLICT (shop) DO UPDATE SET settings = excluded.settings',
    shop,
    JSON.stringify(settings),
  );
  await audit(tx, { ...audited, shop }, { action: 'save-shop', settings });
}
