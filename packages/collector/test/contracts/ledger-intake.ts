/** Clicks and orders: in any order, twice, or at the same moment, they end in the same place. */
import { describe, expect, it } from 'vitest';
import {
  click,
  connect,
  freshLedger,
  MINUTE,
  news,
  newsOf,
  NOW,
  type OpenLedger,
  stored,
} from './ledger-samples.ts';

export function describeIntake(open: OpenLedger): void {
  describe('clicks and orders', () => {
    const ledger = freshLedger(open);

    it('writes a beacon down once and says when it comes again', async () => {
      const beacon = click();
      expect(await ledger().recordClick(beacon)).toEqual({ fresh: true, attached: [] });
      expect(await ledger().recordClick({ ...beacon, clickId: 'other' })).toEqual({
        fresh: false,
        attached: [],
      });
      expect(await ledger().click('main', 'other')).toBeNull();
    });

    it('takes the same beacon id from two shops for two beacons', async () => {
      const beacon = click();
      await ledger().recordClick(beacon);
      expect(await ledger().recordClick({ ...beacon, shop: 'second' })).toEqual({
        fresh: true,
        attached: [],
      });
    });

    it('counts a page without a usable click id as often as it tells', async () => {
      const bad = {
        shop: 'main',
        page: 'https://lander.example/p',
        reason: 'macro',
        receivedAt: NOW,
      } as const;
      await ledger().countBadClickId(bad);
      await ledger().countBadClickId({ ...bad, page: null });
      await expect(ledger().countBadClickId(bad)).resolves.toBeUndefined();
    });

    it('finds the click that came before its order', async () => {
      await ledger().recordClick(click());
      const { order } = stored(await ledger().receiveOrder(news({ visitorIds: ['v-1'] })));
      expect(order.verdict).toMatchObject({ clickId: 'click-1', via: 'visitor', reason: null });
    });

    it('attaches the click that comes after its order, and plans the postback then', async () => {
      await connect(ledger());
      const early = stored(await ledger().receiveOrder(news({ visitorIds: ['v-1'] })));
      expect(early.order.verdict.reason).toBe('no-click');
      expect(early.postback).toBeNull();
      expect(await ledger().recordClick(click())).toEqual({ fresh: true, attached: ['1001'] });
      const story = await ledger().order('main', '1001');
      expect(story?.order.verdict.clickId).toBe('click-1');
      expect(story?.postbacks).toMatchObject([{ state: 'due', clickId: 'click-1' }]);
    });

    it('joins by an order key that a beacon names, in either order', async () => {
      await ledger().recordClick(click({ visitorId: null, joinKey: 'wc_order_a' }));
      const after = stored(await ledger().receiveOrder(news({ joinKeys: ['wc_order_a'] })));
      expect(after.order.verdict).toMatchObject({ clickId: 'click-1', via: 'join_key' });

      await ledger().receiveOrder(news({ orderId: '1002', joinKeys: ['wc_order_b'] }));
      const late = click({ visitorId: null, joinKey: 'wc_order_b', clickId: 'click-2' });
      expect(await ledger().recordClick(late)).toEqual({ fresh: true, attached: ['1002'] });
    });

    it('joins nothing by a key that names two clicks, and raises a notice', async () => {
      await ledger().recordClick(click({ visitorId: null, joinKey: 'wc_order_a', clickId: 'click-1' }));
      await ledger().recordClick(click({ visitorId: null, joinKey: 'wc_order_a', clickId: 'click-2' }));
      const { order } = stored(await ledger().receiveOrder(news({ joinKeys: ['wc_order_a'] })));
      expect(order.verdict.reason).toBe('ambiguous-join-key');
      expect(await ledger().notices('main')).toMatchObject([{ code: 'ambiguous-join-key', times: 1 }]);
    });

    it('keeps one shop from seeing the clicks of another', async () => {
      await ledger().recordClick(click({ shop: 'second' }));
      const { order } = stored(await ledger().receiveOrder(news({ visitorIds: ['v-1'] })));
      expect(order.verdict.clickId).toBeNull();
    });

    it('answers the same news again without changing anything', async () => {
      await connect(ledger());
      const first = stored(await ledger().receiveOrder(newsOf('click-1')));
      const again = stored(await ledger().receiveOrder(newsOf('click-1', { receivedAt: NOW + MINUTE })));
      expect(again).toEqual({ ...first, effect: 'repeat' });
      expect((await ledger().order('main', '1001'))?.news).toHaveLength(1);
    });

    it('refuses news in another currency and says so to the operator', async () => {
      await ledger().receiveOrder(news());
      const answer = await ledger().receiveOrder(news({ currency: 'USD' }));
      expect(answer).toEqual({ outcome: 'other-currency', known: 'EUR' });
      expect(await ledger().notices('main')).toMatchObject([
        { code: 'currency-changed', subject: 'order:1001' },
      ]);
    });

    it('keeps the largest amount exactly', async () => {
      const { order } = stored(
        await ledger().receiveOrder(news({ amount: 10n ** 15n, refunded: 10n ** 15n - 1n })),
      );
      expect([order.amount, order.refunded]).toEqual([10n ** 15n, 10n ** 15n - 1n]);
      expect((await ledger().order('main', '1001'))?.order).toEqual(order);
    });

    it('plans nothing to send without a tracker, and says why', async () => {
      const { postback } = stored(await ledger().receiveOrder(newsOf('click-1')));
      expect(postback).toMatchObject({ state: 'skipped', reason: 'no-tracker' });
    });

    it('stores nothing at all of a preview that answers like the real thing', async () => {
      await connect(ledger());
      await ledger().recordClick(click());
      const asked = news({ visitorIds: ['v-1'] });
      const preview = stored(await ledger().previewOrder(asked));
      expect(preview).toMatchObject({ effect: 'created', postback: { state: 'due' } });
      expect(await ledger().order('main', '1001')).toBeNull();
      expect(
        (await ledger().postbacks({ shop: 'main', state: null, limit: 10, cursor: null })).items,
      ).toEqual([]);
      const real = stored(await ledger().receiveOrder(asked));
      expect(real.order).toEqual(preview.order);
    });
  });

  describe('things that happen at the same moment', () => {
    const ledger = freshLedger(open);

    it('an order and its click that arrive together always find each other', async () => {
      await connect(ledger());
      const rounds = Array.from({ length: 40 }, (_, index) => index);
      await Promise.all(
        rounds.flatMap((round) => {
          const [visitor, clickId, orderId] = [`v-${round}`, `click-${round}`, `${round}`];
          const both = [
            () => ledger().recordClick(click({ visitorId: visitor, clickId })),
            () => ledger().receiveOrder(news({ orderId, visitorIds: [visitor] })),
          ];
          return (round % 2 === 0 ? both : both.reverse()).map((arrive) => arrive());
        }),
      );
      for (const round of rounds) {
        const story = await ledger().order('main', `${round}`);
        expect(story?.order.verdict.clickId).toBe(`click-${round}`);
        expect(story?.postbacks).toHaveLength(1);
      }
    });

    it('two clicks and two orders of one visitor that arrive together end alike in every order', async () => {
      await connect(ledger());
      const arrivals = (round: number) => [
        () =>
          ledger().recordClick(
            click({ visitorId: `v-${round}`, clickId: `a-${round}`, clickedAt: NOW - 2 * MINUTE }),
          ),
        () => ledger().recordClick(click({ visitorId: `v-${round}`, clickId: `b-${round}` })),
        () => ledger().receiveOrder(news({ orderId: `x-${round}`, visitorIds: [`v-${round}`] })),
        () => ledger().receiveOrder(news({ orderId: `y-${round}`, visitorIds: [`v-${round}`] })),
      ];
      for (let round = 0; round < 24; round += 1) {
        await Promise.all(permutation(arrivals(round), round).map((arrive) => arrive()));
        for (const orderId of [`x-${round}`, `y-${round}`]) {
          expect((await ledger().order('main', orderId))?.order.verdict.clickId).toBe(`b-${round}`);
        }
      }
    });

    it('paid and refunded that arrive together end refunded, and nothing is sent', async () => {
      await connect(ledger());
      for (let round = 0; round < 20; round += 1) {
        const of = { orderId: `${round}`, occurredAt: NOW };
        const both = [
          newsOf(`click-${round}`, of),
          newsOf(`click-${round}`, { ...of, status: 'refunded', occurredAt: NOW + 1 }),
        ];
        await Promise.all(
          (round % 2 === 0 ? both : both.reverse()).map((each) => ledger().receiveOrder(each)),
        );
        const story = await ledger().order('main', `${round}`);
        expect(story?.order).toMatchObject({ status: 'refunded', refunded: 4990n });
        expect(story?.postbacks.filter((each) => each.state !== 'skipped')).toEqual([]);
      }
    });

    it('the same beacon sent many times at once is fresh once', async () => {
      const beacon = click();
      const answers = await Promise.all(Array.from({ length: 50 }, () => ledger().recordClick(beacon)));
      expect(answers.filter((each) => each.fresh)).toHaveLength(1);
    });

    it('the same order sent many times at once is one order and one postback', async () => {
      await connect(ledger());
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => ledger().receiveOrder(newsOf('click-1'))),
      );
      expect(new Set(answers.map((each) => stored(each).postback?.id)).size).toBe(1);
      expect(answers.filter((each) => stored(each).effect === 'created')).toHaveLength(1);
    });

    it('a verb that fails among others fails alone', async () => {
      const good = Array.from({ length: 20 }, (_, index) => click({ clickId: `click-${index}` }));
      const nowhere = click({ shop: null as never });
      const beacons = [...good.slice(0, 10), nowhere, ...good.slice(10)];
      const answers = await Promise.allSettled(beacons.map((each) => ledger().recordClick(each)));
      expect(answers.map((each) => each.status)).toEqual(
        beacons.map((each) => (each === nowhere ? 'rejected' : 'fulfilled')),
      );
      for (const each of good) expect(await ledger().click('main', each.clickId!)).not.toBeNull();
    });

    it('is closed once however often it is asked to', async () => {
      await Promise.all([ledger().close(), ledger().close()]);
    });

    it('can take a write, says ready()', async () => {
      await expect(
        Promise.all([ledger().ready(), ledger().recordClick(click()), ledger().ready()]),
      ).resolves.toBeTruthy();
    });
  });
}

/** The n-th of all orders of a few things. */
function permutation<Item>(items: readonly Item[], n: number): Item[] {
  const rest = [...items];
  const chosen: Item[] = [];
  for (let left = rest.length, code = n; left > 0; code = Math.floor(code / left), left -= 1) {
    chosen.push(...rest.splice(code % left, 1));
  }
  return chosen;
}
