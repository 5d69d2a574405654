import { expect, it } from 'vitest';
import {
  BY,
  claim,
  connect,
  connectionSettings,
  newsOf,
  NOT_COUNTED,
  NOW,
  settling,
} from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

it('a postback on its way when its tracker is disconnected ends as it ends, and does not wait for another attempt', async () => {
  const { ledger } = openTables();
  await connect(ledger);
  await ledger.receiveOrder(newsOf('click-1'));
  await ledger.receiveOrder(newsOf('click-2', { orderId: '1002' }));
  const [first, second] = await claim(ledger);
  await ledger.removeConnection('main', 'binom', BY);
  expect(await ledger.settle(settling(first!))).toMatchObject({ state: 'accepted' });
  expect(await ledger.settle(settling(second!, { outcome: NOT_COUNTED }))).toMatchObject({
    state: 'skipped',
  });
});

it('disconnecting forgets the secret, also for whoever connects again', async () => {
  const { ledger, rows } = openTables();
  const ask = { ...BY, shop: 'main', tracker: 'binom', settings: connectionSettings() };
  await ledger.saveConnection({ ...ask, apiKey: 'very secret' });
  await ledger.removeConnection('main', 'binom', BY);
  expect(rows('SELECT secret FROM connections')).toEqual([{ secret: null }]);
  await ledger.saveConnection(ask);
  expect(await ledger.connectionSecret('main', 'binom')).toBeNull();
});

it('disconnecting is audited with how many postbacks it skipped, and takes back what was said of the tracker', async () => {
  const { ledger, rows } = openTables();
  await connect(ledger, { repeats: 'replaces' }, 'second');
  await connect(ledger, { repeats: 'replaces' });
  await ledger.receiveOrder(newsOf('click-1'));
  expect(await ledger.notices('main')).toMatchObject([{ code: 'shared-domain' }]);
  await ledger.removeConnection('main', 'binom', BY);
  expect(await ledger.notices('main')).toEqual([]);
  expect(rows(`SELECT shop, at, actor, detail FROM audit WHERE action = 'remove-connection'`)).toEqual([
    { shop: 'main', at: NOW, actor: 'a test', detail: '{"tracker":"binom","skipped":1}' },
  ]);
});
