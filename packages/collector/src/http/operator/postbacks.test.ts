import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Edge, startEdge } from '../../../test/support/edge.ts';
import type { Outcome } from '../../core/outcome.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
  const body = { tracking_domain: 't.example', repeats: 'adds' };
  await edge.call('/v1/shops/main/trackers/binom', { method: 'PUT', body });
});
afterEach(() => edge.close());

const POSTBACKS = '/v1/shops/main/postbacks';
const POLICY = { schedule: [0, 1000], uncertainWait: 60_000 };

/** An order of a click, and the id of its postback. */
async function owe(orderId: string, amount = '10.00', currency = 'EUR'): Promise<string> {
  const news = { order_id: orderId, status: 'paid', amount, currency, click_id: `click-${orderId}` };
  return (await edge.order(news)).json.postback.id as string;
}

/** One round of the queue, every attempt ending alike. */
async function deliver(outcome: Outcome): Promise<void> {
  const now = edge.clock.now();
  const { claims } = await edge.ledger.claimDue({
    now,
    limit: 100,
    leaseMs: 60_000,
    policy: POLICY,
    random: 0.5,
  });
  for (const { shop, postbackId, token } of claims) {
    const sent = { url: 'https://t.example/click.php?…', status: 200, body: 'OK', ms: 5 };
    await edge.ledger.settle({
      shop,
      postbackId,
      token,
      outcome,
      sent,
      notices: [],
      policy: POLICY,
      now,
      random: 0.5,
    });
  }
}

const ACCEPTED: Outcome = { outcome: 'accepted', warning: null };
const REFUSED: Outcome = { outcome: 'refused', reason: 'no' };
const UNKNOWN: Outcome = { outcome: 'unknown', reason: 'reset', retryAfterMs: null };

describe('the queue', () => {
  test('is listed page by page, and by state', async () => {
    for (const orderId of ['1', '2', '3']) await owe(orderId);
    const first = await edge.call(`${POSTBACKS}?limit=2`);
    expect([first.json.postbacks.length, typeof first.json.cursor]).toEqual([2, 'string']);
    const rest = await edge.call(`${POSTBACKS}?limit=2&cursor=${encodeURIComponent(first.json.cursor)}`);
    expect([rest.json.postbacks.length, rest.json.cursor]).toEqual([1, null]);
    expect((await edge.call(`${POSTBACKS}?state=accepted`)).json.postbacks).toEqual([]);
  });

  test.each([
    'limit=0',
    'limit=201',
    'limit=ten',
    'limit=1&limit=2',
    'state=done',
    `cursor=${'a'.repeat(600)}`,
  ])('?%s is 422', async (query) => {
    expect((await edge.call(`${POSTBACKS}?${query}`)).status).toBe(422);
  });

  test('a cursor nobody gave out is no mistake of ours', async () => {
    for (const cursor of ['nonsense', '%00', 'bm9wZQ', '[]']) {
      expect((await edge.call(`${POSTBACKS}?cursor=${cursor}`)).status).toBeLessThan(500);
      expect((await edge.call(`/v1/shops/main/orders?cursor=${cursor}`)).status).toBeLessThan(500);
    }
  });

  test('one postback is shown with every attempt', async () => {
    const id = await owe('1');
    await deliver(ACCEPTED);
    const { json } = await edge.call(`${POSTBACKS}/${id}`);
    expect(json).toMatchObject({
      id,
      state: 'accepted',
      payout: '10.00',
      currency: 'EUR',
      due_at: null,
      attempts_made: 1,
      attempts: [{ attempt: 1, outcome: 'accepted', status: 200, body: 'OK', ms: 5, payout: '10.00' }],
    });
    expect((await edge.call(`${POSTBACKS}/nothing`)).status).toBe(404);
  });

  test('a running total that was accepted tells how often it was tried; the list does not say', async () => {
    const body = { tracking_domain: 't.example', repeats: 'replaces' };
    await edge.call('/v1/shops/main/trackers/binom', { method: 'PUT', body });
    const id = await owe('1');
    await deliver(UNKNOWN);
    await edge.clock.advance(61_000);
    await deliver(ACCEPTED);
    const { json } = await edge.call(`${POSTBACKS}/${id}`);
    expect(json).toMatchObject({ order_id: null, state: 'accepted', attempts_made: 2 });
    const [row] = (await edge.call(POSTBACKS)).json.postbacks;
    expect(row).toMatchObject({ id, state: 'accepted' });
    expect(row).not.toHaveProperty('attempts_made');
  });
});

describe('a replay', () => {
  test('shows first what it would send, then sends it', async () => {
    const id = await owe('1');
    await deliver(REFUSED);
    const url = 'https://t.example/click.php?cnv_id=click-1&payout=10.00&cnv_status=1&cnv_currency=EUR';
    const dry = await edge.call(`${POSTBACKS}/${id}/replay?dry_run=1`, { method: 'POST' });
    expect(dry.json).toEqual({
      dry_run: true,
      id,
      url,
      click_id: 'click-1',
      order_ids: ['1'],
      payout: '10.00',
      currency: 'EUR',
    });
    expect((await edge.call(`${POSTBACKS}/${id}`)).json.state).toBe('refused');
    const woken = edge.woken.times;
    expect((await edge.call(`${POSTBACKS}/${id}/replay`, { method: 'POST' })).json).toMatchObject({
      dry_run: false,
      id,
      url,
    });
    expect([(await edge.call(`${POSTBACKS}/${id}`)).json.state, edge.woken.times]).toEqual([
      'due',
      woken + 1,
    ]);
  });

  test('of many shows the money by currency', async () => {
    await owe('1', '10.00');
    await owe('2', '0.50');
    await owe('3', '1500', 'JPY');
    await deliver(REFUSED);
    const body = { state: 'refused', from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' };
    const dry = await edge.call(`${POSTBACKS}/replay?dry_run=1`, { body });
    expect(dry.json).toMatchObject({ dry_run: true, count: 3, totals: { EUR: '10.50', JPY: '1500' } });
    expect(dry.json.postbacks).toHaveLength(3);
    expect(
      (await edge.call(`${POSTBACKS}/replay`, { body: { state: ['refused', 'uncertain'] } })).json.count,
    ).toBe(3);
    expect((await edge.call(`${POSTBACKS}/replay`, { body })).json).toMatchObject({
      count: 0,
      totals: {},
      postbacks: [],
    });
  });

  test.each([
    [{}],
    [{ state: 'sending' }],
    [{ state: [] }],
    [{ state: 'refused', from: 'yesterday' }],
    [{ state: 'due', until: 'x' }],
  ])('of many with %j is 422', async (body) => {
    expect((await edge.call(`${POSTBACKS}/replay`, { body })).status).toBe(422);
  });

  test('says why it cannot be', async () => {
    expect((await edge.call(`${POSTBACKS}/nothing/replay`, { method: 'POST' })).status).toBe(404);
    const id = await owe('1');
    await edge.ledger.claimDue({
      now: edge.clock.now(),
      limit: 9,
      leaseMs: 60_000,
      policy: POLICY,
      random: 0,
    });
    const { status, json } = await edge.call(`${POSTBACKS}/${id}/replay`, { method: 'POST' });
    expect([status, json.code]).toEqual([409, 'wrong-state']);
  });
});

describe('an uncertain postback', () => {
  test('is settled by a person, once', async () => {
    const id = await owe('1');
    const resolve = (as: string) => edge.call(`${POSTBACKS}/${id}/resolve`, { body: { as } });
    expect((await resolve('accepted')).status).toBe(409);
    await deliver(UNKNOWN);
    expect((await resolve('counted')).json.field).toBe('as');
    expect((await resolve('accepted')).json).toMatchObject({ id, state: 'accepted' });
    expect((await resolve('abandoned')).status).toBe(409);
  });
});
