import { describe, expect, test } from 'vitest';
import { CLICK, DAY, newsOf, NOW, settingsOf } from '../../test/support/samples.ts';
import { Rejected, Unavailable } from '../core/errors.ts';
import type { Happening, Ledger } from '../core/ports.ts';
import { openMemory } from '../ledgers/memory.ts';
import { receiveOrder } from './receive-order.ts';

const FOUND = { found: [{ via: 'order.click_id', value: CLICK }] };
const STORE = { dryRun: false };

async function setUp(verbs: (ledger: Ledger) => Partial<Ledger> = () => ({})) {
  const memory = openMemory({ secretKey: new Uint8Array(32), tracker: 'binom' });
  const settings = settingsOf({});
  await memory.saveConnection({ shop: 'main', tracker: 'binom', settings, actor: 'test', now: NOW });
  const happenings: Happening[] = [];
  const woken = { times: 0 };
  const receive = receiveOrder({
    ledger: { ...memory, ...verbs(memory) },
    happen: (happening) => void happenings.push(happening),
    wake: () => void (woken.times += 1),
  });
  return { memory, happenings, woken, receive };
}

describe('news about an order', () => {
  test('is stored, told to whoever watches, and wakes the delivery when something is due', async () => {
    const { receive, memory, happenings, woken } = await setUp();
    expect(await receive(newsOf(FOUND), STORE)).toMatchObject({
      ...{ outcome: 'stored', effect: 'created', postback: { state: 'due' } },
      order: { orderId: '1001', verdict: { clickId: CLICK, via: 'order.click_id' } },
    });
    expect(await memory.order('main', '1001')).not.toBeNull();
    expect(happenings).toEqual([
      {
        ...{ what: 'order', shop: 'main', orderId: '1001', status: 'paid', amount: '49.90', currency: 'EUR' },
        ...{ clickId: CLICK, via: 'order.click_id', reason: null, effect: 'created', at: NOW },
      },
    ]);
    expect(woken.times).toBe(1);
  });

  test('without a click wakes nobody, and says why', async () => {
    const { receive, happenings, woken } = await setUp();
    expect(await receive(newsOf(), STORE)).toMatchObject({ postback: null });
    expect(happenings).toMatchObject([{ clickId: null, reason: 'no-click' }]);
    expect(woken.times).toBe(0);
  });

  test('that comes again is answered the same and changes nothing', async () => {
    const { receive, memory } = await setUp();
    const first = await receive(newsOf(FOUND), STORE);
    const story = await memory.order('main', '1001');
    const again = await receive(newsOf({ ...FOUND, receivedAt: NOW + 5, source: 'shopify' }), STORE);
    expect(again).toEqual({ ...first, effect: 'repeat' });
    expect(await memory.order('main', '1001')).toEqual(story);
  });

  test('that was only tried stores nothing and tells nobody', async () => {
    const { receive, memory, happenings, woken } = await setUp();
    expect(await receive(newsOf(FOUND), { dryRun: true })).toMatchObject({ postback: { state: 'due' } });
    expect(await memory.order('main', '1001')).toBeNull();
    expect([happenings, woken.times]).toEqual([[], 0]);
  });

  test('in another currency is refused, and names the field', async () => {
    const { receive, memory } = await setUp();
    await receive(newsOf(FOUND), STORE);
    const refused = receive(newsOf({ ...FOUND, currency: 'USD' }), STORE);
    await expect(refused).rejects.toMatchObject({ code: 'currency-changed', field: 'currency' });
    await expect(refused).rejects.toBeInstanceOf(Rejected);
    expect((await memory.notices('main')).map((each) => each.code)).toEqual(['currency-changed']);
  });

  test.each(['placedAt', 'occurredAt'] as const)(
    'from more than a day ahead is refused: %s',
    async (field) => {
      const { receive, memory } = await setUp();
      await receive(newsOf({ ...FOUND, [field]: NOW + DAY }), STORE);
      const refused = receive(newsOf({ orderId: '1002', [field]: NOW + DAY + 1 }), STORE);
      await expect(refused).rejects.toMatchObject({
        ...{ code: 'invalid', field: field === 'placedAt' ? 'placed_at' : 'occurred_at' },
      });
      expect(await memory.order('main', '1002')).toBeNull();
    },
  );

  test('of an erased person is answered so, and nothing is kept or told', async () => {
    const { receive, memory, happenings } = await setUp();
    await receive(newsOf(FOUND), STORE);
    await memory.erase({ shop: 'main', person: { orderId: '1001' }, actor: 'test', now: NOW });
    happenings.length = 0;
    expect(await receive(newsOf({ ...FOUND, status: 'refunded' }), STORE)).toEqual({ outcome: 'erased' });
    expect(happenings).toEqual([]);
  });

  test('that could not be stored is not told, and the failure is the answer', async () => {
    const { receive, happenings, woken } = await setUp(() => ({
      receiveOrder: () => Promise.reject(new Unavailable('the disk is full')),
    }));
    await expect(receive(newsOf(FOUND), STORE)).rejects.toBeInstanceOf(Unavailable);
    expect([happenings, woken.times]).toEqual([[], 0]);
  });
});
