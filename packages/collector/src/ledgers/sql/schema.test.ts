import { expect, it } from 'vitest';
import {
  claim,
  click,
  connect,
  newsOf,
  NOW,
  settling,
  UNKNOWN,
} from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

// SQLite gladly walks through a whole shop when an index gives the order it is asked for, or none fits better.
const WALKS = /SCAN (?!connections)|SEARCH (?!shops)\w+ [^;]*\(shop=\?(?: AND click_id>\?)?\)/;

it('no statement on the way of a click, an order or a postback walks through a whole shop', async () => {
  const { ledger, plans } = openTables();
  const person = { visitorIds: ['v-1'], joinKeys: ['key'], customerId: 'customer', subscriptionId: 'sub' };
  await connect(ledger);
  await ledger.receiveOrder(newsOf('{clickid}', { ...person, orderId: 'early', kind: 'rebill' }));
  await ledger.receiveOrder(newsOf('{clickid}', person));
  await ledger.recordClick(click({ joinKey: 'key' }));
  const [held] = await claim(ledger);
  await ledger.settle(settling(held!));
  const [next] = await claim(ledger, { now: NOW + 1 });
  await ledger.settle(settling(next!, { outcome: UNKNOWN }));
  await ledger.click('main', 'click-1');
  await ledger.order('main', '1001');
  await ledger.orders({ shop: 'main', status: null, attributed: null, q: 'v-1', limit: 9, cursor: null });
  expect(plans().length).toBeGreaterThan(30);
  expect(plans().filter(({ plan }) => WALKS.test(plan))).toEqual([]);
});

it('no gauge and no list of what needs a look reads what was accepted', async () => {
  const { ledger, plans } = openTables();
  await ledger.gauges();
  for (const state of ['due', 'refused', 'uncertain', 'abandoned', 'skipped'] as const) {
    await ledger.postbacks({ shop: 'main', state, limit: 9, cursor: null });
  }
  const onPostbacks = plans().filter(({ statement }) => statement.includes('FROM postbacks'));
  expect(onPostbacks.length).toBeGreaterThan(10);
  const PARTIAL = /INDEX postbacks_(?:due|due_fresh|leased|one_in_flight|troubled)\b/;
  expect(onPostbacks.filter(({ plan }) => !PARTIAL.test(plan))).toEqual([]);
});
