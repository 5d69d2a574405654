/** What an operator reads back. */
import { describe, expect, it } from 'vitest';
import { Rejected } from '../../src/core/errors.ts';
import type { OrderQuery, Page } from '../../src/core/stories.ts';
import {
  claim,
  click,
  connect,
  freshLedger,
  MINUTE,
  news,
  newsOf,
  NOT_COUNTED,
  NOW,
  type OpenLedger,
  REFUSED,
  SECOND,
  settling,
} from './ledger-samples.ts';

const ORDERS: OrderQuery = { shop: 'main', status: null, attributed: null, q: null, limit: 10, cursor: null };

export function describeReads(open: OpenLedger): void {
  describe('lists', () => {
    const ledger = freshLedger(open);

    it('give every order once, the newest first, page by page, also those of one moment', async () => {
      for (let index = 0; index < 25; index += 1) {
        const receivedAt = NOW + Math.floor(index / 5) * SECOND;
        await ledger().receiveOrder(news({ orderId: `${100 + index}`, receivedAt }));
      }
      await ledger().receiveOrder(news({ shop: 'second', orderId: 'elsewhere' }));
      const items = await pages((cursor) => ledger().orders({ ...ORDERS, cursor }));
      const ids = items.map((each) => each.orderId);
      expect(new Set(ids).size).toBe(25);
      const times = items.map((each) => each.createdAt);
      expect(times).toEqual([...times].sort((a, b) => b - a));
    });

    it('go on where they were although orders come in meanwhile', async () => {
      for (const orderId of ['1', '2', '3']) {
        await ledger().receiveOrder(news({ orderId, receivedAt: NOW + Number(orderId) }));
      }
      const first = await ledger().orders({ ...ORDERS, limit: 2 });
      await ledger().receiveOrder(news({ orderId: '4', receivedAt: NOW + MINUTE }));
      const second = await ledger().orders({ ...ORDERS, limit: 2, cursor: first.cursor });
      expect([...first.items, ...second.items].map((each) => each.orderId)).toEqual(['3', '2', '1']);
      expect(second.cursor).toBeNull();
    });

    it("refuse a cursor that no list gave out, as the caller's fault", async () => {
      const orders = ledger().orders({ ...ORDERS, cursor: 'abc' });
      await expect(orders).rejects.toBeInstanceOf(Rejected);
      await expect(orders).rejects.toMatchObject({ code: 'invalid', field: 'cursor' });
      const postbacks = ledger().postbacks({ shop: 'main', state: null, limit: 3, cursor: 'abc' });
      await expect(postbacks).rejects.toBeInstanceOf(Rejected);
    });

    it('choose orders by status, by whether they have a click, and by a whole id', async () => {
      await ledger().recordClick(click());
      await ledger().receiveOrder(news({ orderId: 'a', visitorIds: ['v-1'] }));
      await ledger().receiveOrder(news({ orderId: 'b', status: 'pending' }));
      const ids = async (query: Partial<OrderQuery>) =>
        (await ledger().orders({ ...ORDERS, ...query })).items.map((each) => each.orderId);
      expect(await ids({ status: 'pending' })).toEqual(['b']);
      expect(await ids({ attributed: true })).toEqual(['a']);
      expect(await ids({ attributed: false })).toEqual(['b']);
      expect(await ids({ q: 'b' })).toEqual(['b']);
      expect(await ids({ q: 'click-1' })).toEqual(['a']);
      expect(await ids({ q: 'v-1' })).toEqual(['a']);
      expect(await ids({ q: '%' })).toEqual([]);
      expect(await ids({ status: 'pending', attributed: true })).toEqual([]);
    });

    it('give postbacks by state, page by page', async () => {
      await connect(ledger());
      for (let index = 0; index < 12; index += 1) {
        await ledger().receiveOrder(
          newsOf(`click-${index}`, { orderId: `${index}`, receivedAt: NOW + index }),
        );
      }
      const held = await claim(ledger(), { now: NOW + MINUTE, limit: 5 });
      for (const each of held.slice(0, 2)) await ledger().settle(settling(each));
      const query = { shop: 'main', limit: 3, cursor: null };
      const count = async (state: 'due' | 'sending' | 'accepted' | null) =>
        new Set(
          (await pages((cursor) => ledger().postbacks({ ...query, state, cursor }))).map((each) => each.id),
        ).size;
      expect([
        await count('due'),
        await count('sending'),
        await count('accepted'),
        await count(null),
      ]).toEqual([7, 3, 2, 12]);
    });
  });

  describe('stories', () => {
    const ledger = freshLedger(open);

    it('of an order: its news in the order it came, verdict, postbacks with attempts, notices', async () => {
      await connect(ledger());
      await ledger().recordClick(click());
      await ledger().receiveOrder(news({ status: 'pending', occurredAt: NOW - MINUTE, visitorIds: ['v-1'] }));
      await ledger().receiveOrder(newsOf('click-1', { occurredAt: NOW }));
      await ledger().receiveOrder(news({ status: 'pending', occurredAt: NOW - SECOND }));
      const [held] = await claim(ledger());
      await ledger().settle(settling(held!, { outcome: NOT_COUNTED }));
      const story = await ledger().order('main', '1001');
      expect(story?.news.map((each) => [each.status, each.effect])).toEqual([
        ['pending', 'created'],
        ['paid', 'changed'],
        ['pending', 'older'],
      ]);
      expect(story?.news[1]).toMatchObject({ amount: 4990n, refunded: null, found: [{ value: 'click-1' }] });
      expect(story?.order.verdict.candidates).toMatchObject([
        { clickId: 'click-1', via: 'order.click_id', outcome: 'won' },
        { clickId: 'click-1', via: 'visitor' },
      ]);
      expect(story?.postbacks).toMatchObject([{ state: 'due', tries: [{ outcome: 'not-counted' }] }]);
      expect(await ledger().order('main', 'nowhere')).toBeNull();
    });

    it('of a click: beacons, orders and postbacks', async () => {
      await connect(ledger());
      await ledger().recordClick(click());
      await ledger().recordClick(click({ via: '_binom', url: 'https://lander.example/q' }));
      await ledger().receiveOrder(news({ visitorIds: ['v-1'] }));
      const story = await ledger().click('main', 'click-1');
      expect(story?.beacons.map((each) => each.via).sort()).toEqual(['_binom', 'clickid']);
      expect(story).toMatchObject({
        clickId: 'click-1',
        orders: [{ orderId: '1001' }],
        postbacks: [{ state: 'due' }],
      });
      expect(await ledger().click('main', 'nowhere')).toBeNull();
      expect(await ledger().postback('main', 'nowhere')).toBeNull();
    });
  });

  describe('sums', () => {
    const ledger = freshLedger(open);

    it('count clicks, orders, postbacks and money of a shop in a span', async () => {
      await connect(ledger());
      await ledger().recordClick(click({ receivedAt: NOW }));
      await ledger().receiveOrder(news({ visitorIds: ['v-1'] }));
      await ledger().receiveOrder(newsOf('click-2', { orderId: '1002', amount: 10n ** 15n }));
      await ledger().receiveOrder(news({ orderId: '1003', currency: 'JPY', amount: 1500n }));
      await ledger().receiveOrder(news({ orderId: 'too early', receivedAt: NOW - MINUTE }));
      await ledger().receiveOrder(news({ shop: 'second', orderId: 'elsewhere' }));
      const [first, second] = await claim(ledger());
      await ledger().settle(settling(first!));
      await ledger().settle(settling(second!, { outcome: REFUSED }));
      expect(await ledger().summary('main', NOW, NOW + MINUTE)).toMatchObject({
        clicks: 1,
        orders: 3,
        attributed: 2,
        unattributed: { 'no-click': 1 },
        postbacks: { accepted: 1, refused: 1 },
        paid: { EUR: 10n ** 15n + 4990n, JPY: 1500n },
        accepted: { EUR: first!.report.amount },
      });
    });

    it('stay exact beyond what a float can hold', async () => {
      for (let index = 0; index < 20; index += 1) {
        await ledger().receiveOrder(news({ orderId: `${index}`, amount: 10n ** 15n - 1n }));
      }
      expect((await ledger().summary('main', NOW, NOW + 1)).paid).toEqual({ EUR: 20n * (10n ** 15n - 1n) });
    });

    it('of the queue tell what waits, since when, and which trackers are held', async () => {
      const quiet = {
        byState: { due: 0, sending: 0 },
        oldestDueAt: null,
        pausedTrackers: 0,
        openBreakers: 0,
      };
      expect(await ledger().gauges()).toMatchObject(quiet);
      await connect(ledger());
      for (let index = 0; index < 6; index += 1) {
        await ledger().receiveOrder(
          newsOf(`click-${index}`, { orderId: `${index}`, receivedAt: NOW + index }),
        );
      }
      const held = await claim(ledger(), { now: NOW + MINUTE, limit: 5 });
      for (const each of held) await ledger().settle(settling(each, { outcome: REFUSED }));
      expect(await ledger().gauges()).toMatchObject({ byState: { due: 1, refused: 5 }, pausedTrackers: 1 });
      expect((await ledger().gauges()).oldestDueAt).toBeGreaterThanOrEqual(NOW);
    });
  });
}

/** Every page of a list, one after the other. */
async function pages<Item>(page: (cursor: string | null) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const next: Page<Item> = await page(cursor);
    items.push(...next.items);
    cursor = next.cursor;
  } while (cursor !== null);
  return items;
}
