import { beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../core/ports.ts';
import { BY, claim, connect, MINUTE, newsOf, NOW, settling } from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

describe('changing what the tracker does with a repeat', () => {
  let ledger: Ledger;
  beforeEach(() => {
    ({ ledger } = openTables());
  });

  const order = (orderId: string, clickId = 'click-1') => ledger.receiveOrder(newsOf(clickId, { orderId }));
  const sendAll = async () => {
    for (const held of await claim(ledger)) await ledger.settle(settling(held));
  };
  const waiting = async () =>
    (await ledger.postbacks({ shop: 'main', state: 'due', limit: 100, cursor: null })).items;

  it('holds for every click when it is said for the first time, also for those told in parts', async () => {
    await connect(ledger);
    await order('1001');
    await sendAll();
    await order('1002');
    await sendAll();
    expect((await connect(ledger, { repeats: 'replaces' })).clicksKeepingMode).toBe(0);
    expect(await claim(ledger)).toMatchObject([{ report: { payout: '99.80', orderIds: ['1001', '1002'] } }]);
  });

  it('tells a partial refund that could not be told before', async () => {
    await connect(ledger);
    await order('1001');
    await sendAll();
    const refund = { status: 'partially_refunded', refunded: 1000n, receivedAt: NOW + MINUTE } as const;
    await ledger.receiveOrder(newsOf('click-1', refund));
    await connect(ledger, { repeats: 'replaces' });
    expect(await claim(ledger)).toMatchObject([{ report: { payout: '39.90', correction: true } }]);
  });

  it('sends nothing again of a click whose one payment is its total already', async () => {
    await connect(ledger);
    await order('1001');
    await sendAll();
    await connect(ledger, { repeats: 'replaces' });
    expect(await waiting()).toEqual([]);
  });

  it('leaves what waits as it is where the plan stays the same', async () => {
    await connect(ledger);
    await order('1001');
    const before = await waiting();
    await connect(ledger, { repeats: 'adds' });
    expect(await waiting()).toEqual(before);
  });

  it('turns what waits into one total for a click without an attempt', async () => {
    await connect(ledger, { repeats: 'adds' });
    await order('1001');
    await order('1002');
    expect((await connect(ledger, { repeats: 'replaces' })).clicksKeepingMode).toBe(0);
    expect(await waiting()).toMatchObject([{ orderId: null, purpose: 'click' }]);
  });

  it('loses nothing when it is changed there and back before any attempt', async () => {
    await connect(ledger, { repeats: 'replaces' });
    await order('1001');
    await connect(ledger, { repeats: 'adds' });
    expect(await waiting()).toMatchObject([{ orderId: '1001' }]);
    await connect(ledger, { repeats: 'replaces' });
    expect(await waiting()).toMatchObject([{ orderId: null }]);
    await connect(ledger, { repeats: 'adds' });
    expect(await waiting()).toMatchObject([{ orderId: '1001' }]);
  });

  it('leaves a click with an attempt in the mode it was told in, and says how many there are', async () => {
    await connect(ledger, { repeats: 'adds' });
    await order('1001');
    await sendAll();
    expect((await connect(ledger, { repeats: 'replaces' })).clicksKeepingMode).toBe(1);
    await order('1002');
    await order('2001', 'click-2');
    expect(await waiting()).toMatchObject([{ clickId: 'click-2', orderId: null }, { orderId: '1002' }]);
  });

  it.each(['replaces', null] as const)(
    'keeps what was first said for a click told before anybody said, when it becomes %s',
    async (next) => {
      await connect(ledger);
      await order('1001');
      await sendAll();
      await connect(ledger, { repeats: 'adds' });
      expect((await connect(ledger, { repeats: next })).clicksKeepingMode).toBe(1);
      await order('1002');
      expect(await waiting()).toMatchObject([{ orderId: '1002' }]);
      expect(await ledger.notices('main')).toEqual([]);
    },
  );

  it('does not send by itself what was skipped while nothing was connected', async () => {
    await connect(ledger);
    await order('1001');
    await order('1002');
    await ledger.removeConnection('main', 'binom', BY);
    expect((await connect(ledger, { repeats: 'replaces' })).skippedBefore).toBe(2);
    expect(await waiting()).toEqual([]);
  });
});
