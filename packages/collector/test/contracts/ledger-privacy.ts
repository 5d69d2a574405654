/** Erasing a person keeps the sums; forgetting old clicks keeps what orders need. */
import { describe, expect, it } from 'vitest';
import {
  BY,
  claim,
  click,
  connect,
  DAY,
  freshLedger,
  news,
  newsOf,
  NOW,
  type OpenLedger,
  settling,
} from './ledger-samples.ts';

export function describePrivacy(open: OpenLedger): void {
  describe('erasing a person', () => {
    const ledger = freshLedger(open);

    it.each([{ visitorId: 'v-1' }, { orderId: '1001' }, { clickId: 'click-1' }])(
      'by %o leaves neither click nor order under their names, and the sums as they were',
      async (person) => {
        await connect(ledger());
        await ledger().recordClick(click());
        await ledger().receiveOrder(news({ visitorIds: ['v-1'] }));
        const [held] = await claim(ledger());
        await ledger().settle(settling(held!));
        const before = await ledger().summary('main', NOW - DAY, NOW + DAY);

        expect(await ledger().erase({ ...BY, shop: 'main', person })).toEqual({ beacons: 1, orders: 1 });
        expect(await ledger().click('main', 'click-1')).toBeNull();
        expect(await ledger().order('main', '1001')).toBeNull();
        const after = await ledger().summary('main', NOW - DAY, NOW + DAY);
        expect([after.orders, after.paid, after.accepted]).toEqual([
          before.orders,
          before.paid,
          before.accepted,
        ]);
        const left = JSON.stringify(await everything(ledger()), (_key, value: unknown) =>
          typeof value === 'bigint' ? `${value}` : value,
        );
        for (const name of ['click-1', 'v-1', '"1001"']) expect(left).not.toContain(name);
      },
    );

    it('recognises later news of an erased order and stores nothing of it', async () => {
      await ledger().receiveOrder(newsOf('click-1'));
      await ledger().erase({ ...BY, shop: 'main', person: { orderId: '1001' } });
      const late = newsOf('click-1', { status: 'refunded', receivedAt: NOW + DAY });
      expect(await ledger().receiveOrder(late)).toEqual({ outcome: 'erased' });
      expect(await ledger().receiveOrder(newsOf('click-1', { shop: 'second' }))).toMatchObject({
        outcome: 'stored',
      });
    });

    it('does not send what waits', async () => {
      await connect(ledger());
      await ledger().receiveOrder(newsOf('click-1'));
      await ledger().erase({ ...BY, shop: 'main', person: { clickId: 'click-1' } });
      expect(await claim(ledger())).toEqual([]);
    });

    it('takes the result of an attempt that was on its way', async () => {
      await connect(ledger());
      await ledger().receiveOrder(newsOf('click-1'));
      const [held] = await claim(ledger());
      await ledger().erase({ ...BY, shop: 'main', person: { orderId: '1001' } });
      expect(await ledger().settle(settling(held!))).toMatchObject({ outcome: 'settled', state: 'accepted' });
    });

    it('touches nobody else', async () => {
      await ledger().recordClick(click({ visitorId: 'v-2', clickId: 'click-2' }));
      await ledger().receiveOrder(news({ orderId: '1002', visitorIds: ['v-2'] }));
      await ledger().recordClick(click({ shop: 'second' }));
      expect(await ledger().erase({ ...BY, shop: 'main', person: { visitorId: 'v-1' } })).toEqual({
        beacons: 0,
        orders: 0,
      });
      expect(await ledger().click('main', 'click-2')).not.toBeNull();
      expect(await ledger().click('second', 'click-1')).not.toBeNull();
    });
  });

  describe('forgetting old clicks', () => {
    const ledger = freshLedger(open);
    const old = { clickedAt: NOW - 100 * DAY, receivedAt: NOW - 100 * DAY };

    it('deletes no more than it may at once, the rest at the next call', async () => {
      for (let index = 0; index < 7; index += 1)
        await ledger().recordClick(click({ ...old, clickId: `old-${index}` }));
      await ledger().recordClick(click());
      const forgotten = [];
      for (let call = 0; call < 3; call += 1) forgotten.push(await ledger().forgetClicks(NOW - 90 * DAY, 4));
      expect(forgotten).toEqual([4, 3, 0]);
      expect(await ledger().click('main', 'click-1')).not.toBeNull();
    });

    it('keeps a click that an order belongs to', async () => {
      await ledger().recordClick(click({ ...old, clickId: 'sold', visitorId: 'v-2' }));
      await ledger().recordClick(click({ ...old, clickId: 'unsold' }));
      const then = { receivedAt: old.receivedAt, visitorIds: ['v-2'] };
      await ledger().receiveOrder(news(then));
      expect(await ledger().forgetClicks(NOW - 90 * DAY, 100)).toBe(1);
      expect((await ledger().click('main', 'sold'))?.beacons).toHaveLength(1);
      expect(await ledger().click('main', 'unsold')).toBeNull();
    });
  });

  async function everything(ledger: Awaited<ReturnType<OpenLedger>>): Promise<unknown> {
    const page = { shop: 'main', limit: 100, cursor: null };
    const { items } = await ledger.postbacks({ ...page, state: null });
    return [
      await ledger.orders({ ...page, status: null, attributed: null, q: null }),
      await Promise.all(items.map((each) => ledger.postback('main', each.id))),
      await ledger.notices('main'),
      await ledger.connections('main'),
    ];
  }
}
