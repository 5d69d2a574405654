/** What a person does by hand: attach a click, send again, settle what nobody knows. */
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Ledger } from '../../src/core/ports.ts';
import {
  ACCEPTED,
  BY,
  claim,
  connect,
  freshLedger,
  MINUTE,
  news,
  newsOf,
  NOW,
  type OpenLedger,
  REFUSED,
  settling,
  stored,
  UNKNOWN,
} from './ledger-samples.ts';

const NOWHERE = { ...BY, shop: 'main', postbackId: 'nowhere' };

export function describeOperator(open: OpenLedger): void {
  describe('attaching a click by hand', () => {
    const ledger = freshLedger(open);
    const asked = { ...BY, shop: 'main', orderId: '1001', clickId: 'click-9' };

    it('outranks everything and plans the postback', async () => {
      await connect(ledger());
      await ledger().receiveOrder(newsOf('click-1'));
      expect(await ledger().attachClick(asked)).toMatchObject({
        outcome: 'attached',
        order: { attached: 'click-9', verdict: { clickId: 'click-9', via: 'operator' } },
      });
      expect(await claim(ledger())).toMatchObject([{ report: { clickId: 'click-9' } }]);
    });

    it('is refused once an attempt was made, and for an order nobody knows', async () => {
      expect(await ledger().attachClick(asked)).toEqual({ outcome: 'not-found' });
      await connect(ledger());
      await ledger().receiveOrder(newsOf('click-1'));
      await claim(ledger());
      expect(await ledger().attachClick(asked)).toEqual({ outcome: 'frozen' });
    });

    it('works for an order without any click', async () => {
      await ledger().receiveOrder(news());
      await ledger().attachClick(asked);
      expect((await ledger().order('main', '1001'))?.order.verdict.clickId).toBe('click-9');
    });
  });

  describe('sending again', () => {
    const ledger = freshLedger(open);

    it('makes a refused postback due, and a dry run only tells what would go', async () => {
      await connect(ledger());
      const postbackId = await settledAs(ledger(), REFUSED);
      const ask = { ...BY, shop: 'main', postbackId };
      expect(await ledger().replay({ ...ask, dryRun: true })).toMatchObject({
        outcome: 'due',
        replayed: { postbackId, report: { payout: '49.90' } },
      });
      expect(await claim(ledger())).toEqual([]);
      expect(await ledger().replay({ ...ask, dryRun: false })).toMatchObject({ outcome: 'due' });
      expect(await claim(ledger())).toMatchObject([{ postbackId, attempt: 2 }]);
    });

    it('says why not: unknown, on its way, nothing to tell, no tracker', async () => {
      expect(await ledger().replay({ ...NOWHERE, dryRun: false })).toEqual({ outcome: 'not-found' });
      const { postback } = stored(await ledger().receiveOrder(newsOf('click-1')));
      const ask = { ...BY, shop: 'main', postbackId: postback!.id, dryRun: false };
      expect(await ledger().replay(ask)).toEqual({ outcome: 'no-tracker' });
      await connect(ledger());
      await ledger().replay(ask);
      const [held] = await claim(ledger());
      expect(await ledger().replay(ask)).toEqual({ outcome: 'in-flight' });
      await ledger().settle(settling(held!, { outcome: REFUSED }));
      await ledger().receiveOrder(newsOf('click-1', { status: 'cancelled', receivedAt: NOW + 1 }));
      expect(await ledger().replay(ask)).toEqual({ outcome: 'nothing-to-tell' });
    });

    it('sends many by state and time of planning', async () => {
      await connect(ledger());
      for (let index = 0; index < 4; index += 1) {
        const at = { orderId: `${index}`, receivedAt: NOW + index * MINUTE };
        await ledger().receiveOrder(newsOf(`click-${index}`, at));
      }
      const held = await claim(ledger(), { now: NOW + 3 * MINUTE });
      for (const each of held) await ledger().settle(settling(each, { outcome: REFUSED }));
      const query = { ...BY, shop: 'main', from: NOW + MINUTE, to: NOW + 3 * MINUTE, dryRun: false };
      expect(await ledger().replayMany({ ...query, states: ['abandoned'] })).toEqual([]);
      const replayed = await ledger().replayMany({ ...query, states: ['refused', 'abandoned'] });
      expect(replayed.map((each) => each.report.orderId)).toEqual(['1', '2']);
    });
  });

  describe('settling what nobody knows', () => {
    const ledger = freshLedger(open);

    it('takes a person’s word that it counted', async () => {
      await connect(ledger(), { repeats: 'adds' });
      const postbackId = await settledAs(ledger(), UNKNOWN);
      expect(await ledger().resolve({ ...BY, shop: 'main', postbackId, as: 'accepted' })).toBe('done');
      expect((await ledger().order('main', '1001'))?.order.reported).toBe(true);
      expect(await ledger().postback('main', postbackId)).toMatchObject({ state: 'accepted' });
      expect(await ledger().notices('main')).toEqual([]);
    });

    it('takes a person’s word that it did not', async () => {
      await connect(ledger(), { repeats: 'adds' });
      const postbackId = await settledAs(ledger(), UNKNOWN);
      expect(await ledger().resolve({ ...BY, shop: 'main', postbackId, as: 'abandoned' })).toBe('done');
      expect(await ledger().postback('main', postbackId)).toMatchObject({
        state: 'abandoned',
        mayHaveCounted: false,
      });
    });

    it('leaves every other state as it is', async () => {
      await connect(ledger());
      const postbackId = await settledAs(ledger(), ACCEPTED);
      expect(await ledger().resolve({ ...BY, shop: 'main', postbackId, as: 'abandoned' })).toBe(
        'wrong-state',
      );
      expect(await ledger().resolve({ ...NOWHERE, as: 'abandoned' })).toBe('not-found');
    });
  });
}

/** Order 1001 of click-1, sent once with this outcome; the postback's id. */
async function settledAs(ledger: Ledger, outcome: Outcome): Promise<string> {
  await ledger.receiveOrder(newsOf('click-1'));
  const [held] = await claim(ledger);
  await ledger.settle(settling(held!, { outcome }));
  return held!.postbackId;
}
