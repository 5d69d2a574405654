import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN, type Edge, OTHER_KEY, SHOP_KEY, startEdge } from '../../test/support/edge.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const PAID = { order_id: '1001', status: 'paid', amount: '49.90', currency: 'EUR' };

describe('who may speak for a shop', () => {
  test.each([
    ['nobody', null, 401],
    ['a wrong key', 'wrong', 401],
    ["another shop's key", OTHER_KEY, 401],
    ["the operator's token", ADMIN, 401],
    ["the shop's key", SHOP_KEY, 200],
  ])('%s: an order is answered %i', async (_who, token, status) => {
    const answer = await edge.order(PAID, { token });
    expect(answer.status).toBe(status);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('a shop that does not exist is 404, also to its key', async () => {
    expect((await edge.call('/v1/shops/nowhere/orders', { token: SHOP_KEY, body: PAID })).status).toBe(404);
  });

  test('one order is explained to the shop and to the operator, and to nobody else', async () => {
    await edge.order(PAID);
    const statuses = await Promise.all(
      [SHOP_KEY, ADMIN, OTHER_KEY, null].map(
        async (token) => (await edge.call('/v1/shops/main/orders/1001', { token })).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 401, 401]);
  });

  test('too many failed log-ins are 429 from that address, also with the right token; orders go on', async () => {
    const limited = await startEdge({ needs: { rateLimit: { most: 2, withinMs: 60_000 } } });
    const list = async (token: string, headers = {}) =>
      (await limited.call('/v1/shops', { token, headers })).status;
    const statuses = [];
    for (const token of ['a', SHOP_KEY, 'c', ADMIN]) statuses.push(await list(token));
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect(await list(ADMIN, { 'x-forwarded-for': '192.0.2.7' })).toBe(200);
    expect((await limited.order(PAID)).status).toBe(200);
    expect((await limited.order(PAID, { token: 'd' })).status).toBe(429);
    await limited.close();
  });
});
