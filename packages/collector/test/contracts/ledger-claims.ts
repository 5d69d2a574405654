/** Claiming: who may send what, when, and that nobody sends it twice at once. */
import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/core/ports.ts';
import {
  ACCEPTED,
  asking,
  claim,
  connect,
  freshLedger,
  MINUTE,
  newsOf,
  NOT_COUNTED,
  NOW,
  type OpenLedger,
  SECOND,
  settling,
} from './ledger-samples.ts';

export function describeClaims(open: OpenLedger): void {
  describe('claiming', () => {
    const ledger = freshLedger(open);

    it('writes the attempt down before anything leaves', async () => {
      await connect(ledger());
      await ledger().receiveOrder(newsOf('click-1'));
      const [held] = await claim(ledger());
      expect(held).toMatchObject({
        shop: 'main',
        tracker: 'binom',
        attempt: 1,
        report: { payout: '49.90', amount: 4990n },
      });
      const story = await ledger().postback('main', held!.postbackId);
      expect(story).toMatchObject({ state: 'sending', attempts: 1, leaseUntil: NOW + MINUTE });
      expect(story?.tries).toMatchObject([
        { attempt: 1, outcome: 'pending', startedAt: NOW, report: held!.report },
      ]);
    });

    it('freezes the verdict with the first attempt', async () => {
      await connect(ledger());
      await ledger().receiveOrder(newsOf('click-1'));
      await claim(ledger());
      await ledger().receiveOrder(newsOf('click-2', { occurredAt: NOW + SECOND }));
      const order = (await ledger().order('main', '1001'))?.order;
      expect(order).toMatchObject({ frozen: true, verdict: { clickId: 'click-1' } });
    });

    it('gives one postback to one of many claimers', async () => {
      await connect(ledger());
      await ledger().receiveOrder(newsOf('click-1'));
      const claimed = await Promise.all(Array.from({ length: 8 }, () => claim(ledger())));
      expect(claimed.flat()).toHaveLength(1);
    });

    it('shares many postbacks out among many claimers, each to one', async () => {
      await connect(ledger(), { inFlight: 100 });
      await orders(ledger(), 40);
      const claimed = (
        await Promise.all(Array.from({ length: 8 }, () => claim(ledger(), { limit: 7 })))
      ).flat();
      expect(new Set(claimed.map((each) => each.postbackId)).size).toBe(claimed.length);
      expect(claimed).toHaveLength(40);
    });

    it('keeps one postback in flight per click', async () => {
      await connect(ledger(), { repeats: 'adds' });
      await ledger().receiveOrder(newsOf('click-1', { orderId: 'a' }));
      await ledger().receiveOrder(newsOf('click-1', { orderId: 'b' }));
      const [held, ...others] = await claim(ledger());
      expect(others).toEqual([]);
      expect(await claim(ledger())).toEqual([]);
      await ledger().settle(settling(held!));
      expect(await claim(ledger())).toMatchObject([{ report: { clickId: 'click-1', orderId: 'b' } }]);
    });

    it('keeps at most the bound in flight per tracker, so that a tracker that hangs starves nobody else', async () => {
      await connect(ledger(), { inFlight: 2 }, 'slow');
      await connect(ledger(), { inFlight: 2 }, 'quick');
      await orders(ledger(), 10, 'slow');
      await orders(ledger(), 3, 'quick');
      const held = await claim(ledger());
      expect(held.map((each) => each.shop).sort()).toEqual(['quick', 'quick', 'slow', 'slow']);
      for (const each of held.filter((one) => one.shop === 'quick')) await ledger().settle(settling(each));
      expect(await claim(ledger())).toMatchObject([{ shop: 'quick' }]);
    });

    it('starts with another tracker as chance has it, so that a small limit is shared in the long run', async () => {
      for (const shop of ['a', 'b', 'c', 'd']) {
        await connect(ledger(), {}, shop);
        await orders(ledger(), 4, shop);
      }
      const firsts: (string | undefined)[] = [];
      for (const random of [0, 0.3, 0.6, 0.9]) {
        firsts.push((await claim(ledger(), { limit: 1, random }))[0]?.shop);
      }
      expect(new Set(firsts).size).toBe(4);
    });

    it('leaves room for what was never tried beside a heap of retries', async () => {
      await connect(ledger(), { inFlight: 4 });
      await orders(ledger(), 4);
      const failed = await claim(ledger());
      for (const each of failed) await ledger().settle(settling(each, { outcome: NOT_COUNTED }));
      await ledger().receiveOrder(newsOf('fresh-1', { orderId: 'f1', receivedAt: NOW + 10 * SECOND }));
      await ledger().receiveOrder(newsOf('fresh-2', { orderId: 'f2', receivedAt: NOW + 10 * SECOND }));
      const held = await claim(ledger(), { now: NOW + 20 * SECOND });
      expect(held).toHaveLength(4);
      expect(held.map((each) => each.report.orderId)).toEqual(expect.arrayContaining(['f1', 'f2']));
    });

    it('tells when something falls due next, and null when nothing waits', async () => {
      await connect(ledger());
      expect(await ledger().claimDue(asking())).toEqual({ claims: [], nextAt: null });
      await orders(ledger(), 1);
      const [held] = await claim(ledger());
      await ledger().settle(settling(held!, { outcome: NOT_COUNTED }));
      expect(await ledger().claimDue(asking())).toEqual({ claims: [], nextAt: NOW + 5 * SECOND });
    });

    it('holds what is due while the connection is switched off', async () => {
      await connect(ledger());
      await orders(ledger(), 1);
      await connect(ledger(), { enabled: false });
      expect(await claim(ledger())).toEqual([]);
      await connect(ledger());
      expect(await claim(ledger())).toHaveLength(1);
    });

    it('takes money and settings as they are at the moment of the claim', async () => {
      await connect(ledger());
      await ledger().receiveOrder(newsOf('click-1', { occurredAt: NOW }));
      await ledger().receiveOrder(newsOf('click-1', { amount: 6000n, occurredAt: NOW + 1 }));
      await connect(ledger(), { trackingDomain: 'new.example' });
      expect(await claim(ledger())).toMatchObject([
        { report: { payout: '60.00' }, settings: { trackingDomain: 'new.example' } },
      ]);
    });
  });

  describe('a lease', () => {
    const ledger = freshLedger(open);

    it('that ran out is claimed again after the least wait, and the late result is stale', async () => {
      await connect(ledger());
      await orders(ledger(), 1);
      const [late] = await claim(ledger());
      expect(await claim(ledger(), { now: NOW + MINUTE - 1 })).toEqual([]);
      const found = await ledger().claimDue(asking({ now: NOW + MINUTE }));
      expect(found).toEqual({ claims: [], nextAt: NOW + 2 * MINUTE });
      const [again] = await claim(ledger(), { now: NOW + 2 * MINUTE });
      expect(again).toMatchObject({ postbackId: late!.postbackId, attempt: 2 });
      expect(again?.token).not.toBe(late!.token);
      expect(await ledger().settle(settling(late!))).toEqual({ outcome: 'stale' });
      expect(await ledger().settle(settling(again!))).toMatchObject({
        outcome: 'settled',
        state: 'accepted',
      });
    });

    it('that ran out leaves an attempt whose outcome nobody knows, and says that it may have counted', async () => {
      await connect(ledger());
      await orders(ledger(), 1);
      const [late] = await claim(ledger());
      await claim(ledger(), { now: NOW + MINUTE });
      const story = await ledger().postback('main', late!.postbackId);
      expect(story).toMatchObject({ state: 'due', mayHaveCounted: true, token: null, leaseUntil: null });
      expect(story?.tries).toMatchObject([{ attempt: 1, outcome: 'unknown', url: null }]);
    });

    it('that ran out waits for a person where payouts add up', async () => {
      await connect(ledger(), { repeats: 'adds' });
      await orders(ledger(), 1);
      const [late] = await claim(ledger());
      await claim(ledger(), { now: NOW + MINUTE });
      expect(await ledger().postback('main', late!.postbackId)).toMatchObject({ state: 'uncertain' });
    });

    it('given back before anything was sent is as if it had never been taken', async () => {
      await connect(ledger());
      await orders(ledger(), 1);
      const [held] = await claim(ledger());
      await ledger().giveBack([held!], NOW + SECOND);
      const story = await ledger().postback('main', held!.postbackId);
      expect(story).toMatchObject({ state: 'due', attempts: 0, mayHaveCounted: false, dueAt: NOW + SECOND });
      expect(story?.tries).toMatchObject([{ attempt: 1, outcome: 'given-back' }]);
      const [again] = await claim(ledger(), { now: NOW + SECOND });
      expect(again).toMatchObject({ attempt: 2 });
      expect(await ledger().settle(settling(held!))).toEqual({ outcome: 'stale' });
    });

    it('that somebody else holds cannot be given back', async () => {
      await connect(ledger());
      await orders(ledger(), 1);
      const [held] = await claim(ledger());
      await ledger().giveBack([{ ...held!, token: 'another' }], NOW);
      expect(await ledger().postback('main', held!.postbackId)).toMatchObject({ state: 'sending' });
    });

    it('is settled once: the second result for the same claim is stale', async () => {
      await connect(ledger());
      await orders(ledger(), 1);
      const [held] = await claim(ledger());
      const results = await Promise.all(
        [1, 2, 3].map(() => ledger().settle(settling(held!, { outcome: ACCEPTED }))),
      );
      expect(results.map((each) => each.outcome).sort()).toEqual(['settled', 'stale', 'stale']);
    });
  });
}

/** Paid orders, each with a click of its own. */
async function orders(ledger: Ledger, count: number, shop = 'main'): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await ledger.receiveOrder(newsOf(`click-${index}`, { shop, orderId: `order-${index}` }));
  }
}
