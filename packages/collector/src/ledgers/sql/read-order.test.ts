import { beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../core/ports.ts';
import { claim, connect, MINUTE, newsOf, NOW, settling } from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

describe('the story of an order', () => {
  let ledger: Ledger;
  beforeEach(() => {
    ({ ledger } = openTables());
  });

  it('shows the postback that speaks for its whole click, and none of the click’s other orders', async () => {
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-1'));
    await ledger.receiveOrder(newsOf('click-1', { orderId: '1002' }));
    await ledger.settle(settling((await claim(ledger))[0]!));
    await connect(ledger, { repeats: 'replaces' });
    const told = (await ledger.order('main', '1002'))?.postbacks.map((row) => [
      row.orderId,
      row.tries.length,
    ]);
    expect(told).toEqual([
      ['1002', 0],
      [null, 0],
    ]);
  });

  it('shows what there is to know about it and about its click', async () => {
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-1'));
    await ledger.receiveOrder(newsOf('click-1', { orderId: '1002' }));
    await ledger.receiveOrder(newsOf('click-1', { currency: 'USD', receivedAt: NOW + MINUTE }));
    expect((await ledger.order('main', '1001'))?.notices.map((each) => each.code)).toEqual([
      'currency-changed',
      'second-order-on-click',
    ]);
  });
});
