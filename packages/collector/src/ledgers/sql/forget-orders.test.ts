import { expect, it } from 'vitest';
import { DAY, news, NOW } from '../../../test/contracts/ledger-samples.ts';
import { openTables } from '../../../test/support/open-tables.ts';

const ask = (limit = 10) => ({ before: NOW - 400 * DAY, limit, now: NOW });
const paid = (orderId: string, days: number, clickId: string | null) =>
  news({
    orderId,
    receivedAt: NOW - days * DAY,
    found: clickId === null ? [] : [{ via: 'order.click_id', value: clickId }],
  });

it('old orders lose their names and keep their money; later news about them is recognised', async () => {
  const { ledger, rows } = openTables();
  await ledger.receiveOrder(paid('old', 500, 'click-a'));
  await ledger.receiveOrder(paid('old-without-click', 500, null));
  await ledger.receiveOrder(paid('young', 100, 'click-b'));
  expect(await ledger.forgetOrders(ask())).toBe(2);
  expect(await ledger.forgetOrders(ask())).toBe(0);
  const left = rows('SELECT order_id, amount, click_id FROM orders ORDER BY created_at DESC');
  expect(left.map((row) => row['order_id'])).toEqual([
    'young',
    expect.stringMatching(/^erased-/),
    expect.stringMatching(/^erased-/),
  ]);
  expect(left.map((row) => row['amount'])).toEqual([4990, 4990, 4990]);
  expect((await ledger.receiveOrder(paid('old', 0, 'click-a'))).outcome).toBe('erased');
});

it('an old order stays while its click has a young one, because they share one sum', async () => {
  const { ledger } = openTables();
  await ledger.receiveOrder(paid('old', 500, 'click-a'));
  await ledger.receiveOrder(paid('young', 100, 'click-a'));
  expect(await ledger.forgetOrders(ask())).toBe(0);
});

it('an old order stays while its postback waits', async () => {
  const { ledger, rows } = openTables();
  await ledger.receiveOrder(paid('old', 500, 'click-a'));
  rows("UPDATE postbacks SET state = 'uncertain'");
  expect(await ledger.forgetOrders(ask())).toBe(0);
});

it('forgets about as many at once as it is asked to', async () => {
  const { ledger } = openTables();
  for (const each of ['1', '2', '3']) await ledger.receiveOrder(paid(each, 500, null));
  expect(await ledger.forgetOrders(ask(2))).toBe(2);
  expect(await ledger.forgetOrders(ask(2))).toBe(1);
});
