import { expect, test } from 'vitest';
import { HandClock } from '../../test/support/hand-clock.ts';
import { DEFAULT_CONNECTION_SETTINGS, HEALTHY } from '../core/connection.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Claim, SettleAsk, WireReply } from '../core/ports.ts';
import { openMemory } from '../ledgers/memory.ts';
import { binom } from '../trackers/binom.ts';
import { testConnection } from './test-connection.ts';

const ASK = { shop: 'main', tracker: 'binom', payout: '0', currency: 'USD', actor: 'operator' };
const POLICY = { schedule: [0], uncertainWait: 0 };

/** Five clicks refused in a row pause a tracker. */
async function paused() {
  const ledger = openMemory({ secretKey: new Uint8Array(32), tracker: 'binom' });
  const clock = new HandClock();
  const by = { actor: 'test', now: clock.now() };
  const settings = { ...DEFAULT_CONNECTION_SETTINGS, trackingDomain: 't.example', scheme: 'https' } as const;
  await ledger.saveConnection({ shop: 'main', tracker: 'binom', settings, ...by });
  for (const id of ['1', '2', '3', '4', '5']) await ledger.receiveOrder(paid(id, clock.now()));
  const claiming = { ...by, limit: 9, leaseMs: 60_000, policy: POLICY, random: 0 };
  const { claims } = await ledger.claimDue(claiming);
  for (const held of claims)
    await ledger.settle(settling(held, { outcome: 'refused', reason: 'Binom said no (404)' }, by.now));
  const woken: number[] = [];
  const needs = {
    ledger,
    clock,
    trackers: new Map([['binom', binom]]),
    wake: () => void woken.push(clock.now()),
  };
  const health = async () => (await ledger.connections('main'))[0]?.health;
  expect((await health())?.pausedAt).toBe(clock.now());
  /** An order of one more click, whose postback left. */
  const sold = async (id: string, ending: 'accepted' | 'unknown' | 'sending') => {
    await ledger.resumeConnection('main', 'binom', by);
    await ledger.receiveOrder(paid(id, clock.now()));
    const [held] = (await ledger.claimDue({ ...claiming, limit: 1 })).claims;
    const outcomes = {
      accepted: { outcome: 'accepted', warning: null },
      unknown: { outcome: 'unknown', reason: 'reset', retryAfterMs: null },
    } as const;
    if (ending !== 'sending') await ledger.settle(settling(held!, outcomes[ending], by.now));
  };
  return { needs, health, woken, sold };
}

function settling({ shop, postbackId, token }: Claim, outcome: Outcome, now: number): SettleAsk {
  const sent = { url: 'https://t.example/click.php', status: 404, body: '', ms: 1 };
  return { shop, postbackId, token, outcome, sent, notices: [], policy: POLICY, random: 0, now };
}

function paid(orderId: string, at: number) {
  const nobody = { visitorIds: [], joinKeys: [], customerId: null, subscriptionId: null };
  const found = [{ via: 'order.click_id', value: `click-${orderId}` }];
  const told = {
    shop: 'main',
    orderId,
    source: 'api',
    status: 'paid',
    amount: 100n,
    currency: 'EUR',
    found,
  } as const;
  return {
    ...nobody,
    ...told,
    refunded: null,
    kind: null,
    test: false,
    placedAt: null,
    occurredAt: null,
    receivedAt: at,
  };
}

const answering = (reply: WireReply) => ({ wire: { get: async () => reply } });

test('a test that is accepted ends a pause and wakes the queue', async () => {
  const { needs, health, woken } = await paused();
  const send = testConnection({
    ...needs,
    ...answering({ kind: 'answer', status: 200, headers: {}, body: 'OK', ms: 2 }),
  });
  expect((await send({ ...ASK, clickId: 'abc' })).outcome.outcome).toBe('accepted');
  expect([await health(), woken.length]).toEqual([HEALTHY, 1]);
});

test('a test that fails leaves the pause as it is', async () => {
  const { needs, health, woken } = await paused();
  const send = testConnection({ ...needs, ...answering({ kind: 'no-answer', reason: 'reset', ms: 2 }) });
  expect(await send({ ...ASK, clickId: 'abc' })).toMatchObject({
    sent: { status: null, body: null },
    outcome: { outcome: 'unknown' },
  });
  expect([(await health())?.pausedAt === null, woken.length]).toEqual([false, 0]);
});

test.each(['accepted', 'unknown', 'sending'] as const)(
  'a click whose postback is %s is refused: 0 would replace what it earned',
  async (ending) => {
    const { needs, sold } = await paused();
    const wire = { get: () => Promise.reject(new Error('nothing may leave')) };
    await sold('earned', ending);
    const tested = testConnection({ ...needs, wire })({ ...ASK, clickId: 'click-earned' });
    await expect(tested).rejects.toMatchObject({
      code: 'conflict',
      field: 'click_id',
      message: expect.stringContaining('a click without an order') as unknown,
    });
  },
);

test('a click whose postback was refused may be tested: nothing was counted', async () => {
  const { needs } = await paused();
  const send = testConnection({
    ...needs,
    ...answering({ kind: 'answer', status: 200, headers: {}, body: 'OK', ms: 2 }),
  });
  expect((await send({ ...ASK, clickId: 'click-1' })).outcome.outcome).toBe('accepted');
});
