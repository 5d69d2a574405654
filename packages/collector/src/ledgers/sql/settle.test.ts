import { expect, test } from 'vitest';
import { MINUTE, newsOf, NO_JITTER, NOW, POLICY, SECOND, settingsOf } from '../../../test/support/samples.ts';
import type { ConnectionSettings } from '../../core/connection.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Claim } from '../../core/ports.ts';
import { openMemory } from '../memory.ts';

const BY = { shop: 'main', actor: 'test', now: NOW };
const SILENT: Outcome = { outcome: 'unknown', reason: 'no answer', retryAfterMs: null };
const DOWN: Outcome = { outcome: 'not-counted', reason: 'connection refused', retryAfterMs: null };

/** A shop with a tracker, and as many paid orders as said, each of a click of its own. */
async function setUp(orders: number, given: Partial<ConnectionSettings> = {}) {
  const ledger = openMemory({ secretKey: new Uint8Array(32), tracker: 'binom' });
  await ledger.saveConnection({ ...BY, tracker: 'binom', settings: settingsOf(given) });
  const hear = (orderId: string, more: Parameters<typeof newsOf>[0] = {}) =>
    ledger.receiveOrder(
      newsOf({ orderId, found: [{ via: 'order.click_id', value: `c-${orderId}` }], ...more }),
    );
  for (let order = 1; order <= orders; order += 1) await hear(`o${order}`);
  return {
    ...{ ledger, hear },
    async claim(now = NOW, random = NO_JITTER): Promise<readonly Claim[]> {
      return (await ledger.claimDue({ now, limit: 100, leaseMs: MINUTE, policy: POLICY, random })).claims;
    },
    settle: ({ shop, postbackId, token }: Claim, outcome: Outcome, now = NOW) =>
      ledger.settle({
        ...{ shop, postbackId, token, outcome, notices: [], policy: POLICY, now, random: NO_JITTER },
        sent: { url: 'https://track.example/', status: null, body: null, ms: 1 },
      }),
    async rows() {
      const { items } = await ledger.postbacks({ shop: 'main', state: null, limit: 100, cursor: null });
      return items.map(({ state, reason }) => ({ state, reason }));
    },
    health: async () => (await ledger.connections('main'))[0]?.health,
    codes: async () => (await ledger.notices('main')).map((each) => each.code),
  };
}

test('a collector that died while it was sending says nothing about the tracker', async () => {
  const { claim, health } = await setUp(6);
  expect(await claim()).toHaveLength(6);
  await claim(NOW + MINUTE);
  expect(await health()).toMatchObject({ failures: 0, openUntil: null });
});

test('a refund that comes between a claim and its return cancels the postback', async () => {
  const { ledger, claim, hear, rows } = await setUp(1);
  const claims = await claim();
  await hear('o1', { status: 'refunded', receivedAt: NOW + SECOND });
  await ledger.giveBack(claims, NOW + 2 * SECOND);
  expect(await rows()).toEqual([{ state: 'skipped', reason: 'refunded-before-sending' }]);
});

test('what never arrived at a tracker that was disconnected meanwhile is skipped', async () => {
  const { ledger, claim, settle, rows } = await setUp(1);
  const [claimed] = await claim();
  await ledger.removeConnection('main', 'binom', BY);
  await settle(claimed!, DOWN);
  expect(await rows()).toEqual([{ state: 'skipped', reason: 'disconnected' }]);
});

test.each([null, 'adds', 'replaces'] as const)(
  'what may have arrived at a tracker that was disconnected meanwhile waits for a person (repeats: %s)',
  async (repeats) => {
    const { ledger, claim, settle, rows, codes } = await setUp(1, { repeats });
    const [claimed] = await claim();
    await ledger.removeConnection('main', 'binom', BY);
    await settle(claimed!, SILENT);
    expect(await rows()).toEqual([{ state: 'uncertain', reason: 'no answer' }]);
    expect(await codes()).toContain('no-answer');
  },
);

test('a result that comes after its lease was over is not taken', async () => {
  const { claim, settle, rows } = await setUp(1, { repeats: 'adds' });
  const [claimed] = await claim();
  await claim(NOW + MINUTE);
  expect(await settle(claimed!, { outcome: 'accepted', warning: null }, NOW + MINUTE)).toEqual({
    outcome: 'stale',
  });
  expect((await rows()).map((each) => each.state)).toEqual(['uncertain']);
});

test('a correction whose status was taken away before it left is a notice, and can be wanted again', async () => {
  const statuses = { ...settingsOf({}).statuses, refunded: 'refund' };
  const { ledger, claim, settle, hear, rows, codes } = await setUp(1, { repeats: 'replaces', statuses });
  const save = (settings: ConnectionSettings) => ledger.saveConnection({ ...BY, tracker: 'binom', settings });
  const [claimed] = await claim();
  await settle(claimed!, { outcome: 'accepted', warning: null });
  await hear('o1', { status: 'refunded', receivedAt: NOW + SECOND });
  await save(settingsOf({ repeats: 'replaces' }));
  expect(await claim(NOW + SECOND)).toEqual([]);
  expect((await rows()).map((each) => each.state)).toEqual(['accepted']);
  expect(await codes()).toContain('correction-not-reported');
  await save(settingsOf({ repeats: 'replaces', statuses }));
  await hear('o1', { status: 'refunded', refunded: 4990n, receivedAt: NOW + MINUTE });
  expect(await claim(NOW + MINUTE)).toMatchObject([{ report: { payout: '0.00', status: 'refund' } }]);
});

test('a total that had nothing left to tell is told again when its order is paid again', async () => {
  const { claim, settle, hear } = await setUp(1, { repeats: 'replaces' });
  const [claimed] = await claim();
  await settle(claimed!, SILENT);
  await hear('o1', { status: 'cancelled', receivedAt: NOW + SECOND });
  expect(await claim(NOW + 2 * MINUTE)).toEqual([]);
  await hear('o1', { status: 'paid', refunded: 0n, receivedAt: NOW + 3 * MINUTE });
  expect(await claim(NOW + 3 * MINUTE)).toMatchObject([{ report: { payout: '49.90' } }]);
});

test('of one free place a fresh order and a retry each get it, by chance', async () => {
  const { claim, settle, hear } = await setUp(1, { inFlight: 1 });
  const [first] = await claim();
  await settle(first!, DOWN);
  await hear('o2');
  const winner = async (random: number) => {
    const { claim: again, settle: end, hear: tell } = await setUp(1, { inFlight: 1 });
    await end((await again())[0]!, DOWN);
    await tell('o2', { receivedAt: NOW + MINUTE });
    return (await again(NOW + MINUTE, random))[0]?.report.orderId;
  };
  expect([await winner(0.2), await winner(0.8)]).toEqual(['o1', 'o2']);
});
