import { beforeEach, describe, expect, it } from 'vitest';
import {
  claim,
  click,
  connect,
  DAY,
  MINUTE,
  newsOf,
  NOW,
  settling,
} from '../../../test/contracts/ledger-samples.ts';
import { type OpenTables, openTables } from '../../../test/support/open-tables.ts';

describe('the sums of a shop', () => {
  let tables: OpenTables;
  beforeEach(() => {
    tables = openTables();
  });

  const summary = (from = NOW - DAY, to = NOW + DAY) => tables.ledger.summary('main', from, to);
  const sendAll = async () => {
    for (const held of await claim(tables.ledger)) await tables.ledger.settle(settling(held));
  };

  it('count a click once however often it is beaconed, and never a page without one', async () => {
    const { ledger } = tables;
    await ledger.recordClick(click());
    await ledger.recordClick(click());
    await ledger.recordClick(click({ clickId: 'click-2', shop: 'second' }));
    await ledger.recordClick(click({ clickId: null, joinKey: 'key' }));
    expect((await summary()).clicks).toBe(1);
  });

  it('count many clicks of a span like few', async () => {
    tables.rows(
      `WITH RECURSIVE beacon (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM beacon WHERE n < 149999)
        INSERT INTO beacons (shop, beacon_id, click_id, clicked_at, received_at)
        SELECT 'main', n, 'click-' || (n % 60000), $1 + n, $1 + n FROM beacon`,
      NOW,
    );
    expect((await summary(NOW, NOW + 120_000)).clicks).toBe(60_000);
    expect((await summary(NOW, NOW + 50_000)).clicks).toBe(50_000);
  });

  it('take money as paid although it was given back', async () => {
    await tables.ledger.receiveOrder(newsOf('click-1'));
    await tables.ledger.receiveOrder(newsOf('click-1', { status: 'refunded', receivedAt: NOW + MINUTE }));
    await tables.ledger.receiveOrder(newsOf('click-2', { orderId: '1002', status: 'pending' }));
    expect((await summary()).paid).toEqual({ EUR: 4990n });
  });

  it('take the order’s money for accepted, in its own currency, where a fixed payout is told in another', async () => {
    const { ledger } = tables;
    const fixed = { fixedPayout: '5.00', fixedPayoutCurrency: 'EUR' };
    const yen = { currency: 'JPY', amount: 1500n };
    await connect(ledger, { ...fixed, repeats: 'adds' });
    await ledger.receiveOrder(newsOf('click-1', yen));
    await ledger.receiveOrder(newsOf('click-1', { currency: 'USD', orderId: '1002' }));
    await connect(ledger, { ...fixed, repeats: 'replaces' }, 'second');
    await ledger.receiveOrder(newsOf('click-1', { ...yen, shop: 'second' }));
    await sendAll();
    await sendAll();
    expect((await summary()).accepted).toEqual({ JPY: 1500n, USD: 4990n });
    expect((await ledger.summary('second', NOW, NOW + 1)).accepted).toEqual({ JPY: 1500n });
  });

  it('count a click’s total instead of what was told of its orders one by one before', async () => {
    const { ledger } = tables;
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-1'));
    await sendAll();
    await ledger.receiveOrder(newsOf('click-1', { orderId: '1002', amount: 1000n }));
    await sendAll();
    expect((await summary()).accepted).toEqual({ EUR: 5990n });
    await connect(ledger, { repeats: 'replaces' });
    await sendAll();
    expect((await summary()).accepted).toEqual({ EUR: 5990n });
  });

  it('hold from a moment up to, not including, another', async () => {
    await tables.ledger.recordClick(click({ receivedAt: NOW }));
    await tables.ledger.receiveOrder(newsOf('click-1'));
    expect(await summary(NOW, NOW + 1)).toMatchObject({ clicks: 1, orders: 1, paid: { EUR: 4990n } });
    const nothing = {
      clicks: 0,
      orders: 0,
      attributed: 0,
      unattributed: {},
      postbacks: {},
      paid: {},
      accepted: {},
    };
    expect(await summary(NOW - 1, NOW)).toEqual(nothing);
  });
});
