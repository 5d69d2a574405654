/** What becomes of a postback after an attempt, and what one answer says about the tracker as a whole. */
import { describe, expect, it } from 'vitest';
import type { Claim, Ledger } from '../../src/core/ports.ts';
import {
  BY,
  claim,
  connect,
  freshLedger,
  MINUTE,
  newsOf,
  NOT_COUNTED,
  NOW,
  type OpenLedger,
  POLICY,
  REFUSED,
  SECOND,
  settling,
  UNKNOWN,
} from './ledger-samples.ts';

export function describeSettling(open: OpenLedger): void {
  describe('settling an attempt', () => {
    const ledger = freshLedger(open);

    it('accepted: keeps what went over the wire and marks the order as reported', async () => {
      await connect(ledger());
      const [held] = await owed(ledger(), 1);
      expect(await ledger().settle(settling(held!))).toEqual({
        outcome: 'settled',
        state: 'accepted',
        dueAt: null,
      });
      const story = await ledger().order('main', 'order-0');
      expect(story?.order.reported).toBe(true);
      const { url, status, body, ms } = settling(held!).sent;
      expect(story?.postbacks[0]?.tries).toMatchObject([{ outcome: 'accepted', url, status, body, ms }]);
    });

    it('not counted: is due again by the schedule, until the schedule is over', async () => {
      await connect(ledger());
      let [held] = await owed(ledger(), 1);
      let now = NOW;
      for (const wait of POLICY.schedule.slice(1)) {
        const settled = await ledger().settle(settling(held!, { outcome: NOT_COUNTED, now }));
        expect(settled).toEqual({ outcome: 'settled', state: 'due', dueAt: now + wait });
        now += wait;
        [held] = await claim(ledger(), { now });
      }
      const last = await ledger().settle(settling(held!, { outcome: NOT_COUNTED, now }));
      expect(last).toEqual({ outcome: 'settled', state: 'abandoned', dueAt: null });
      expect(await codes(ledger())).toContain('schedule-exhausted');
    });

    it('no answer: is sent again after the least wait and says that it may have counted twice', async () => {
      await connect(ledger());
      const [held] = await owed(ledger(), 1);
      const settled = await ledger().settle(settling(held!, { outcome: UNKNOWN }));
      expect(settled).toEqual({ outcome: 'settled', state: 'due', dueAt: NOW + MINUTE });
      expect(await ledger().postback('main', held!.postbackId)).toMatchObject({ mayHaveCounted: true });
      expect(await codes(ledger())).toContain('may-have-counted-twice');
    });

    it('no answer where payouts add up: waits for a person', async () => {
      await connect(ledger(), { repeats: 'adds' });
      const [held] = await owed(ledger(), 1);
      const settled = await ledger().settle(settling(held!, { outcome: UNKNOWN }));
      expect(settled).toEqual({ outcome: 'settled', state: 'uncertain', dueAt: null });
      expect(await codes(ledger())).toContain('no-answer');
    });

    it('refused: stays refused, with the reason', async () => {
      await connect(ledger());
      const [held] = await owed(ledger(), 1);
      await ledger().settle(settling(held!, { outcome: REFUSED }));
      expect(await ledger().postback('main', held!.postbackId)).toMatchObject({
        state: 'refused',
        reason: 'HTTP 404',
      });
    });

    it('raises the notices that come with the answer', async () => {
      await connect(ledger());
      const [held] = await owed(ledger(), 1);
      const notice = {
        shop: 'main',
        code: 'web-page-answer',
        subject: 'tracker:binom',
        detail: 'A page.',
      } as const;
      await ledger().settle(settling(held!, { notices: [notice, notice] }));
      expect(await ledger().notices('main')).toMatchObject([{ ...notice, times: 2 }]);
    });

    it('withdraws the notice about a web page once an answer is none', async () => {
      await connect(ledger());
      const [first, second, third] = await owed(ledger(), 3);
      const page = {
        shop: 'main',
        code: 'web-page-answer',
        subject: 'tracker:binom',
        detail: 'A page.',
      } as const;
      const warned = { outcome: 'accepted', warning: 'A page.' } as const;
      await ledger().settle(settling(first!, { outcome: warned, notices: [page] }));
      await ledger().settle(settling(second!, { outcome: REFUSED }));
      expect(await codes(ledger())).toEqual(['web-page-answer']);
      await ledger().settle(settling(third!));
      expect(await codes(ledger())).toEqual([]);
    });

    it('of an order that was refunded meanwhile plans the correction', async () => {
      await connect(ledger(), { statuses: { ...NO_STATUSES, refunded: 'refund' } });
      const [held] = await owed(ledger(), 1);
      await ledger().receiveOrder(
        newsOf('click-0', { orderId: 'order-0', status: 'refunded', receivedAt: NOW + 1 }),
      );
      await ledger().settle(settling(held!, { now: NOW + 2 }));
      expect(await claim(ledger(), { now: NOW + 2 })).toMatchObject([
        { report: { payout: '0', status: 'refund', correction: true } },
      ]);
    });
  });

  describe('where payouts replace each other', () => {
    const ledger = freshLedger(open);

    it('all news of a click before the first attempt is one postback with the total', async () => {
      await connect(ledger(), { repeats: 'replaces' });
      for (const orderId of ['a', 'b', 'c']) await ledger().receiveOrder(newsOf('click-1', { orderId }));
      const held = await claim(ledger());
      expect(held).toMatchObject([{ report: { payout: '149.70', orderIds: ['a', 'b', 'c'] } }]);
    });

    it('news while an attempt is on its way leaves the postback due at once when that attempt ends', async () => {
      await connect(ledger(), { repeats: 'replaces' });
      await ledger().receiveOrder(newsOf('click-1', { orderId: 'a' }));
      const [first] = await claim(ledger());
      await ledger().receiveOrder(newsOf('click-1', { orderId: 'b', receivedAt: NOW + 1 }));
      await ledger().receiveOrder(newsOf('click-1', { orderId: 'c', receivedAt: NOW + 2 }));
      expect(await claim(ledger())).toEqual([]);
      const settled = await ledger().settle(settling(first!, { now: NOW + 3 }));
      expect(settled).toEqual({ outcome: 'settled', state: 'due', dueAt: NOW + 3 });
      const [second] = await claim(ledger(), { now: NOW + 3 });
      expect(second).toMatchObject({
        postbackId: first!.postbackId,
        attempt: 2,
        report: { payout: '149.70' },
      });
      await ledger().settle(settling(second!, { now: NOW + 4 }));
      const row = await ledger().postback('main', first!.postbackId);
      expect(row).toMatchObject({ state: 'accepted', sent: row?.wanted });
    });

    it('a partial refund is told as the lower total', async () => {
      await connect(ledger(), { repeats: 'replaces' });
      const [held] = await owed(ledger(), 1);
      await ledger().settle(settling(held!));
      const part = {
        orderId: 'order-0',
        status: 'partially_refunded',
        refunded: 990n,
        receivedAt: NOW + 1,
      } as const;
      await ledger().receiveOrder(newsOf('click-0', part));
      expect(await claim(ledger(), { now: NOW + 1 })).toMatchObject([
        { report: { payout: '40.00', correction: true } },
      ]);
    });

    it('an unknown outcome is repeated, because it cannot count twice', async () => {
      await connect(ledger(), { repeats: 'replaces' });
      const [held] = await owed(ledger(), 1);
      expect(await ledger().settle(settling(held!, { outcome: UNKNOWN }))).toMatchObject({ state: 'due' });
    });

    it('a click keeps the mode it was first reported in, when the setting changes', async () => {
      await connect(ledger(), { repeats: 'adds' });
      const [held] = await owed(ledger(), 1);
      await ledger().settle(settling(held!));
      await ledger().receiveOrder(newsOf('click-new', { orderId: 'new-1' }));
      expect((await connect(ledger(), { repeats: 'replaces' })).clicksKeepingMode).toBe(1);
      await ledger().receiveOrder(newsOf('click-0', { orderId: 'order-more' }));
      await ledger().receiveOrder(newsOf('click-new', { orderId: 'new-2' }));
      const reports = (await claim(ledger())).map(({ report }) => [report.clickId, report.payout]);
      expect(reports.sort()).toEqual([
        ['click-0', '49.90'],
        ['click-new', '99.80'],
      ]);
    });
  });

  describe('the health of a tracker', () => {
    const ledger = freshLedger(open);

    it('the first success wakes everything that waits, but nothing before its least wait', async () => {
      await connect(ledger());
      const [failed, unanswered, accepted] = await owed(ledger(), 3);
      await ledger().settle(settling(failed!, { outcome: NOT_COUNTED }));
      await ledger().settle(settling(unanswered!, { outcome: UNKNOWN }));
      await ledger().settle(settling(accepted!, { now: NOW + SECOND }));
      expect(await ledger().postback('main', failed!.postbackId)).toMatchObject({ dueAt: NOW + SECOND });
      expect(await ledger().postback('main', unanswered!.postbackId)).toMatchObject({ dueAt: NOW + MINUTE });
    });

    it('five failures in a row hold everything back but one probe, whose success lets all go on', async () => {
      await connect(ledger());
      const held = await owed(ledger(), 5);
      for (const each of held) await ledger().settle(settling(each, { outcome: NOT_COUNTED }));
      expect(await claim(ledger(), { now: NOW + 29 * SECOND })).toEqual([]);
      const probe = await claim(ledger(), { now: NOW + 30 * SECOND });
      expect(probe).toHaveLength(1);
      expect(await claim(ledger(), { now: NOW + 30 * SECOND })).toEqual([]);
      await ledger().settle(settling(probe[0]!, { now: NOW + 31 * SECOND }));
      expect(await claim(ledger(), { now: NOW + 31 * SECOND })).toHaveLength(4);
    });

    it('five refusals of different clicks pause it: the rest stay due until a person resumes', async () => {
      await connect(ledger());
      const held = await owed(ledger(), 5);
      await ledger().receiveOrder(newsOf('click-rest', { orderId: 'rest' }));
      for (const each of held) await ledger().settle(settling(each, { outcome: REFUSED }));
      expect(await ledger().connections('main')).toMatchObject([
        { health: { pausedAt: NOW, pauseReason: 'HTTP 404' } },
      ]);
      expect(await codes(ledger())).toContain('tracker-paused');
      expect(await claim(ledger())).toEqual([]);
      expect(await ledger().resumeConnection('main', 'binom', BY)).toMatchObject({ pausedAt: null });
      expect(await claim(ledger())).toMatchObject([{ report: { orderId: 'rest' } }]);
    });

    it('five refusals of one click pause nothing', async () => {
      await connect(ledger());
      let [held] = await owed(ledger(), 1);
      for (let time = 0; time < 5; time += 1) {
        await ledger().settle(settling(held!, { outcome: REFUSED }));
        await ledger().replay({ ...BY, shop: 'main', postbackId: held!.postbackId, dryRun: false });
        [held] = await claim(ledger());
        expect(held).toBeDefined();
      }
    });

    it('new settings end a pause', async () => {
      await connect(ledger());
      for (const each of await owed(ledger(), 5)) await ledger().settle(settling(each, { outcome: REFUSED }));
      const { connection } = await connect(ledger(), { clickPath: '/click' });
      expect(connection.health).toMatchObject({ pausedAt: null, refusedClicks: [] });
    });
  });
}

const NO_STATUSES = { pending: null, refunded: null, cancelled: null, disputed: null, rebill: null };

/** Paid orders, each with a click of its own, claimed at NOW. */
async function owed(ledger: Ledger, count: number): Promise<readonly Claim[]> {
  for (let index = 0; index < count; index += 1) {
    await ledger.receiveOrder(newsOf(`click-${index}`, { orderId: `order-${index}` }));
  }
  const held = await claim(ledger);
  return [...held].sort((a, b) => (a.report.orderId < b.report.orderId ? -1 : 1));
}

async function codes(ledger: Ledger): Promise<string[]> {
  return (await ledger.notices('main')).map((each) => each.code);
}
