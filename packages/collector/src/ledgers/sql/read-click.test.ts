import { expect, it } from 'vitest';
import { click, newsOf, NOW } from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

it('a click that only an order has named has a story too', async () => {
  const { ledger } = openTables();
  await ledger.receiveOrder(newsOf('click-1'));
  expect(await ledger.click('main', 'click-1')).toMatchObject({
    ...{
      clickId: 'click-1',
      beacons: [],
      orders: [{ orderId: '1001' }],
      postbacks: [{ reason: 'no-tracker' }],
    },
  });
  expect(await ledger.click('second', 'click-1')).toBeNull();
});

it('a click lists its beacons as they were made', async () => {
  const { ledger } = openTables();
  for (const ago of [1, 3, 2]) await ledger.recordClick(click({ beaconId: `${ago}`, clickedAt: NOW - ago }));
  const story = await ledger.click('main', 'click-1');
  expect(story?.beacons.map((each) => each.beaconId)).toEqual(['3', '2', '1']);
});
