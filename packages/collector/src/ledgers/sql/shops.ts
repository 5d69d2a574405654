import { DEFAULT_SHOP_SETTINGS, type ShopSettings } from '../../core/shop.ts';
import { text } from './rows.ts';
import { first, type Tx } from './sql.ts';

/** A shop's settings; those added after it was saved have their defaults. */
export async function settingsOf(tx: Tx, shop: string): Promise<ShopSettings> {
  const row = await first(tx, 'SELECT settings FROM shops WHERE shop = $1', shop);
  return row === null ? DEFAULT_SHOP_SETTINGS : merged(text(row['settings']));
}

/** Stored settings over the defaults. */
export function merged(stored: string): ShopSettings {
  return { ...DEFAULT_SHOP_SETTINGS, ...(JSON.parse(stored) as Partial<ShopSettings>) };
}
