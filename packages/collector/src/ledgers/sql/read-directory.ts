import type { Directory } from '../../core/ports.ts';
import { number, text } from './rows.ts';
import { merged } from './shops.ts';
import type { Tx } from './sql.ts';

/** Every shop with its settings, and every key (its hash, not itself). */
export async function directory(tx: Tx): Promise<Directory> {
  const shops = await tx.sql.all('SELECT shop, settings FROM shops ORDER BY shop');
  const keys = await tx.sql.all('SELECT * FROM api_keys ORDER BY shop, created_at, id');
  return {
    shops: shops.map((row) => ({ shop: text(row['shop']), settings: merged(text(row['settings'])) })),
    keys: keys.map((row) => ({
      shop: text(row['shop']),
      id: text(row['id']),
      hash: text(row['hash']),
      label: text(row['label']),
      createdAt: number(row['created_at']),
    })),
  };
}
