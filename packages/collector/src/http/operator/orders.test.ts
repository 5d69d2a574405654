import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Edge, startEdge } from '../../../test/support/edge.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const news = (order_id: string, more: object = {}) => ({
  order_id,
  status: 'paid',
  amount: '5',
  currency: 'EUR',
  ...more,
});

describe('orders', () => {
  test('are listed by status, by having a click, and by what they are known under', async () => {
    await edge.order(news('1', { click_id: 'abc' }));
    await edge.order(news('2', { visitor_id: 'visitor-2' }));
    await edge.order(news('3', { status: 'pending' }));
    const ids = async (query: string) => {
      const { json } = await edge.call(`/v1/shops/main/orders?${query}`);
      return (json.orders as { order_id: string }[]).map((order) => order.order_id).sort();
    };
    expect(await ids('')).toEqual(['1', '2', '3']);
    expect(await ids('status=pending')).toEqual(['3']);
    expect(await ids('attributed=true')).toEqual(['1']);
    expect(await ids('attributed=false&status=paid')).toEqual(['2']);
    expect(await ids('q=abc')).toEqual(['1']);
    expect(await ids('q=visitor-2')).toEqual(['2']);
    expect(await ids('q=%25')).toEqual([]);
    expect((await edge.call('/v1/shops/main/orders?attributed=maybe')).json.field).toBe('attributed');
    expect((await edge.call('/v1/shops/main/orders?q=a%00')).status).toBe(422);
  });

  test('get a click by hand', async () => {
    await edge.order(news('1'));
    const attach = (orderId: string, click_id: string) =>
      edge.call(`/v1/shops/main/orders/${orderId}/attach`, { body: { click_id } });
    expect((await attach('1', 'abc')).json).toEqual({
      order: { order_id: '1', status: 'paid', amount: '5.00', currency: 'EUR' },
      attribution: { click_id: 'abc', via: 'operator' },
    });
    expect(edge.woken.times).toBe(1);
    expect((await attach('9', 'abc')).status).toBe(404);
    expect((await attach('1', '{clickid}')).json.field).toBe('click_id');
  });

  test('the tracker was told of keep their click', async () => {
    await edge.call('/v1/shops/main/trackers/binom', {
      method: 'PUT',
      body: { tracking_domain: 't.example' },
    });
    await edge.order(news('1', { click_id: 'abc' }));
    const policy = { schedule: [0], uncertainWait: 0 };
    await edge.ledger.claimDue({ now: edge.clock.now(), limit: 9, leaseMs: 60_000, policy, random: 0 });
    const { status, json } = await edge.call('/v1/shops/main/orders/1/attach', {
      body: { click_id: 'other' },
    });
    expect([status, json.code]).toEqual([409, 'already-reported']);
    expect((await edge.call('/v1/shops/main/orders/1')).json.attribution).toMatchObject({
      click_id: 'abc',
      frozen: true,
    });
  });
});

test('a click is explained by its beacons and orders; one never seen is 404', async () => {
  await edge.beacon({ v: 1, id: 'b-1', shop: 'main', click_id: 'abc', via: 'clickid', visitor: 'v-1' });
  await edge.order(news('1', { click_id: 'abc' }));
  const { json } = await edge.call('/v1/shops/main/clicks/abc');
  expect(json).toMatchObject({
    click_id: 'abc',
    visitor_ids: ['v-1'],
    beacons: [{ beacon_id: 'b-1', via: 'clickid', clicked_at: '2026-11-22T10:00:00.000Z' }],
    orders: [{ order_id: '1', click_id: 'abc' }],
    postbacks: [{ state: 'skipped', reason: 'no-tracker', attempts: [] }],
  });
  expect((await edge.call('/v1/shops/main/clicks/unknown')).status).toBe(404);
  expect((await edge.call('/v1/shops/other/clicks/abc')).status).toBe(404);
});

test('a person is erased by one of three names, and only one', async () => {
  await edge.beacon({ v: 1, shop: 'main', click_id: 'abc', visitor: 'v-1' });
  const erase = (body: object) => edge.call('/v1/shops/main/erase', { body });
  expect((await erase({})).status).toBe(422);
  expect((await erase({ visitor_id: 'v-1', click_id: 'abc' })).status).toBe(422);
  expect((await erase({ visitor_id: 'v-1' })).json).toEqual({ erased: { beacons: 1, orders: 0 } });
  expect((await edge.call('/v1/shops/main/clicks/abc')).status).toBe(404);
});
