import { expect, it } from 'vitest';
import { DEFAULT_SHOP_SETTINGS } from '../../core/shop.ts';
import { BY, NOW } from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

it('a change of a shop’s settings is audited with what they are now', async () => {
  const { ledger, rows } = openTables();
  await ledger.saveShop({ shop: 'main', settings: { ...DEFAULT_SHOP_SETTINGS, windowDays: 7 } }, BY);
  const [entry] = rows('SELECT * FROM audit');
  expect(entry).toMatchObject({ shop: 'main', at: NOW, actor: 'a test', action: 'save-shop' });
  expect(JSON.parse(String(entry?.['detail']))).toMatchObject({ settings: { windowDays: 7 } });
});
