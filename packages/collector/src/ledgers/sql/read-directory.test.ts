import { expect, it } from 'vitest';
import { DEFAULT_SHOP_SETTINGS } from '../../core/shop.ts';
import { openTables } from '../../../test/support/open-tables.ts';

it('a shop saved before a setting existed has its default', async () => {
  const { ledger, rows } = openTables();
  rows(`INSERT INTO shops (shop, settings) VALUES ('old', '{"name":"Lamps"}')`);
  expect((await ledger.directory()).shops).toEqual([
    { shop: 'old', settings: { ...DEFAULT_SHOP_SETTINGS, name: 'Lamps' } },
  ]);
});
