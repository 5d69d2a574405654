import { describe, expect, it } from 'vitest';
import {
  accountOf,
  CLICK,
  MINUTE,
  NOW,
  orderOf,
  postbackOf,
  reportedOf,
  settingsOf,
  statusesOf,
  termsAt,
} from '../../test/support/samples.ts';
import type { Account } from './account.ts';
import type { Postback } from './postback.ts';
import { replayOf } from './replay.ts';

const LATER = NOW + MINUTE;
const NOTHING = { outcome: 'nothing-to-tell' };

/** Order 1001 of one click with one postback, replayed a minute later. */
function replayed(row: Postback, given: Partial<Account> = {}) {
  const account = accountOf({ orders: [orderOf()], postbacks: [row], ...given });
  return replayOf(account, row, termsAt(LATER));
}

describe('a postback sent again by a person', () => {
  it.each(['refused', 'abandoned', 'uncertain', 'accepted'] as const)(
    'is due now as if it had never been tried when it was %s',
    (state) => {
      const tried = { attempts: 7, mayHaveCounted: true, notBefore: LATER + MINUTE, reported: reportedOf() };
      const answer = replayed(postbackOf({ state, reason: 'HTTP 404', ...tried }));
      expect(answer).toMatchObject({
        outcome: 'due',
        row: { state: 'due', reason: null, attempts: 0, mayHaveCounted: false, dueAt: LATER, notBefore: 0 },
        report: { payout: '49.90', correction: false },
      });
    },
  );

  it.each(['no-tracker', 'disconnected'])('goes out after it was skipped for %s', (reason) => {
    expect(replayed(postbackOf({ state: 'skipped', reason }))).toMatchObject({ outcome: 'due' });
  });

  it('goes out now when it waits, and still may have counted', () => {
    const waiting = postbackOf({ dueAt: LATER + MINUTE, attempts: 2, mayHaveCounted: true });
    expect(replayed(waiting)).toMatchObject({ row: { dueAt: LATER, attempts: 0, mayHaveCounted: true } });
  });

  it('cannot go anywhere without a tracker', () => {
    expect(replayed(postbackOf(), { settings: null })).toEqual({ outcome: 'no-tracker' });
  });

  it('is left alone while it is on its way', () => {
    expect(replayed(postbackOf({ state: 'sending' }))).toEqual({ outcome: 'in-flight' });
  });

  it.each(['superseded', 'erased', 'refunded-before-sending'])(
    'has nothing to tell once it was skipped as %s',
    (reason) => {
      expect(replayed(postbackOf({ state: 'skipped', reason }))).toEqual(NOTHING);
    },
  );

  it('has nothing to tell of an order that is no longer what it told', () => {
    const refunded = orderOf({ status: 'refunded', refunded: 4990n });
    expect(replayed(postbackOf({ state: 'refused' }), { orders: [refunded] })).toEqual(NOTHING);
  });

  it('has nothing to tell of an order that belongs to another click now', () => {
    expect(replayed(postbackOf({ state: 'refused' }), { orders: [] })).toEqual(NOTHING);
  });

  it('has nothing to tell of a correction that no longer has a status', () => {
    const orders = [orderOf({ status: 'refunded', refunded: 4990n })];
    const row = postbackOf({ purpose: 'refunded', state: 'refused' });
    expect(replayed(row, { orders })).toEqual(NOTHING);
    const settings = settingsOf({ statuses: statusesOf({ refunded: 'refund' }) });
    expect(replayed(row, { orders, settings })).toMatchObject({ report: { status: 'refund', payout: '0' } });
  });

  it('sends a test order only where the shop wants those sent', () => {
    const orders = [orderOf({ test: true })];
    const row = postbackOf({ state: 'skipped', reason: 'test-order' });
    expect(replayed(row, { orders })).toEqual(NOTHING);
    expect(replayed(row, { orders, testOrders: 'send' })).toMatchObject({ outcome: 'due' });
  });

  it('tells only what other postbacks of the order have not, where payouts add up', () => {
    const row = postbackOf({ state: 'refused' });
    const told = postbackOf({
      id: 'p2',
      revision: 2,
      state: 'accepted',
      reported: reportedOf({ amount: 990n }),
    });
    const account = { repeats: 'adds', postbacks: [row, told] } as const;
    expect(replayed(row, account)).toMatchObject({ report: { payout: '40.00' } });
    const all = { ...told, reported: reportedOf({ amount: 4990n }) };
    expect(replayed(row, { ...account, postbacks: [row, all] })).toEqual(NOTHING);
  });
});

describe('a postback of an order that a later postback tells', () => {
  it.each(['due', 'sending', 'accepted'] as const)('is not sent again where that one is %s', (state) => {
    const row = postbackOf({ state: 'refused', mayHaveCounted: true });
    const later = postbackOf({ id: 'p2', revision: 2, state, reported: reportedOf() });
    expect(replayed(row, { postbacks: [row, later] })).toEqual(NOTHING);
    expect(replayed(later, { postbacks: [row, later] }).outcome).toBe(
      state === 'sending' ? 'in-flight' : 'due',
    );
  });

  it('is sent again where that one failed too', () => {
    const row = postbackOf({ state: 'refused' });
    const later = postbackOf({ id: 'p2', revision: 2, state: 'refused' });
    expect(replayed(row, { postbacks: [row, later] })).toMatchObject({ outcome: 'due' });
  });
});

describe('a postback sent again where payouts replace each other', () => {
  const second = orderOf({ orderId: '1002', amount: 1000n, createdAt: NOW + 1 });
  const orders = [orderOf(), second];
  const total = postbackOf({
    id: 't',
    orderId: null,
    purpose: 'click',
    wantedKey: '59.90 EUR paid 1001 1002',
  });

  it('sends the click’s total once more, under a revision that was never sent', () => {
    const sent = { ...total, state: 'accepted', revision: 3, wanted: 3, sent: 3 } as const;
    const answer = replayed(sent, { repeats: 'replaces', orders, postbacks: [sent] });
    expect(answer).toMatchObject({ row: { id: 't', state: 'due', wanted: 4 }, report: { payout: '59.90' } });
  });

  it('still says of a total that may have counted that it may', () => {
    const maybe = { ...total, state: 'refused', mayHaveCounted: true } as const;
    const answer = replayed(maybe, { repeats: 'replaces', orders, postbacks: [maybe] });
    expect(answer).toMatchObject({ row: { state: 'due', mayHaveCounted: true } });
  });

  it('keeps the revision of a total that never arrived', () => {
    const lost = { ...total, state: 'abandoned', revision: 1, wanted: 1, sent: 0 } as const;
    const answer = replayed(lost, { repeats: 'replaces', orders, postbacks: [lost] });
    expect(answer).toMatchObject({ row: { state: 'due', wanted: 1 } });
  });

  it('lets a skipped row of one order give way to the click’s total, made anew', () => {
    const row = postbackOf({ state: 'skipped', reason: 'no-tracker' });
    const answer = replayed(row, { repeats: 'replaces', orders });
    expect(answer).toMatchObject({
      row: { id: 'n1', orderId: null, purpose: 'click', clickId: CLICK, dueAt: LATER },
      report: { payout: '59.90', orderIds: ['1001', '1002'] },
      postbacks: [{ id: 'p1', state: 'skipped', reason: 'superseded' }, { id: 'n1' }],
    });
  });

  it('sends the total that stands already for a row that was skipped', () => {
    const row = postbackOf({ state: 'skipped', reason: 'disconnected' });
    const accepted = { ...total, state: 'accepted', revision: 1, sent: 1 } as const;
    const answer = replayed(row, { repeats: 'replaces', orders, postbacks: [row, accepted] });
    expect(answer).toMatchObject({ row: { id: 't', state: 'due', wanted: 2 } });
  });

  it('keeps what was accepted in the books, and lets go of what nobody knows', () => {
    const accepted = postbackOf({ state: 'accepted', reported: reportedOf() });
    const kept = replayed(accepted, { repeats: 'replaces' });
    expect(kept).toMatchObject({ row: { id: 'n1' }, postbacks: [{ id: 'n1' }] });
    const unknown = postbackOf({ state: 'uncertain', reported: reportedOf() });
    const gone = { id: 'p1', state: 'abandoned', reason: 'superseded' };
    expect(replayed(unknown, { repeats: 'replaces' })).toMatchObject({ postbacks: [gone, { id: 'n1' }] });
  });

  it('waits while the total is on its way', () => {
    const row = postbackOf({ state: 'skipped', reason: 'no-tracker' });
    const sending = { ...total, state: 'sending' } as const;
    expect(replayed(row, { repeats: 'replaces', orders, postbacks: [row, sending] })).toEqual({
      outcome: 'in-flight',
    });
  });

  it('has nothing to tell of an order the total cannot hold', () => {
    const foreign = orderOf({ orderId: '1003', currency: 'USD', createdAt: NOW + 2 });
    const row = postbackOf({ orderId: '1003', state: 'skipped', reason: 'mixed-currency' });
    const account = { repeats: 'replaces', orders: [...orders, foreign], postbacks: [row, total] } as const;
    expect(replayed(row, account)).toEqual(NOTHING);
  });

  it('has nothing to tell of a total where orders are told one by one', () => {
    const row = { ...total, state: 'skipped', reason: 'disconnected' } as const;
    expect(replayed(row, { repeats: 'adds', orders, postbacks: [row] })).toEqual(NOTHING);
  });
});
