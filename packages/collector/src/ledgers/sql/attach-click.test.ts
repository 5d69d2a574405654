import { expect, it } from 'vitest';
import { BY, connect, newsOf, NOW } from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

const ask = { ...BY, shop: 'main', orderId: '1001', clickId: 'click-9' };

it('an order attached to another click takes back what waited for the first one', async () => {
  const { ledger } = openTables();
  await connect(ledger);
  await ledger.receiveOrder(newsOf('click-1'));
  await ledger.attachClick(ask);
  const of = async (clickId: string) => (await ledger.click('main', clickId))?.postbacks;
  expect(await of('click-1')).toMatchObject([{ state: 'skipped', reason: 'superseded' }]);
  expect(await of('click-9')).toMatchObject([{ state: 'due', orderId: '1001' }]);
});

it('attaching is audited, a refused one is not', async () => {
  const { ledger, rows } = openTables();
  await ledger.attachClick(ask);
  await ledger.receiveOrder(newsOf('click-1'));
  await ledger.attachClick(ask);
  expect(rows('SELECT shop, at, action, detail FROM audit')).toEqual([
    { shop: 'main', at: NOW, action: 'attach-click', detail: '{"orderId":"1001","clickId":"click-9"}' },
  ]);
});
