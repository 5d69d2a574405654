import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Edge, SHOP_KEY, startEdge } from '../../../test/support/edge.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

describe('shops', () => {
  test('are made, shown and changed', async () => {
    const made = await edge.call('/v1/shops', {
      body: { shop: 'second', window_days: 7, origins: ['https://L.example/p?x'] },
    });
    expect([made.status, made.json]).toEqual([
      201,
      {
        shop: 'second',
        name: 'second',
        origins: ['https://l.example'],
        carry_hosts: [],
        params: ['clickid', 'click_id'],
        cookies: ['_binom', 'binom'],
        window_days: 7,
        prefer: 'last',
        test_orders: 'skip',
        join_by_order_id: false,
        read_only: [],
      },
    ]);
    const changed = await edge.call('/v1/shops/second', {
      method: 'PATCH',
      body: { ...made.json, params: ['cid'] },
    });
    expect(changed.json).toEqual({ ...made.json, params: ['cid'] });
    expect((await edge.call('/v1/shops/second')).json).toEqual(changed.json);
    expect((await edge.call('/v1/shops')).json.shops).toContainEqual(changed.json);
    expect((await edge.beacon({ v: 1, shop: 'second', click_id: 'abc' })).status).toBe(204);
  });

  test('are made once', async () => {
    const { status, json } = await edge.call('/v1/shops', { body: { shop: 'main' } });
    expect([status, json.code, json.field]).toEqual([409, 'conflict', 'shop']);
  });

  test.each([
    ['shop', 'Upper'],
    ['shop', undefined],
    ['name', 'a\nb'],
    ['origins.0', 'lander.example'],
    ['carry_hosts.0', 'https://pay.example'],
    ['params', []],
    ['cookies.0', 'a b'],
    ['window_days', 0],
    ['window_days', '30'],
    ['prefer', 'best'],
    ['test_orders', true],
    ['join_by_order_id', 'yes'],
    ['windowdays', 3],
  ])('with %s of %j are 422 and name the field', async (field, value) => {
    const [name = '', index] = field.split('.');
    const body = { shop: 'second', [name]: index === undefined ? value : [value] };
    const { status, json } = await edge.call('/v1/shops', { body });
    expect([status, json.code, json.field]).toEqual([422, 'invalid', field]);
  });

  test('keep what the environment fixed', async () => {
    const locked = {
      shop: (shop: string) => (shop === 'main' ? (['origins'] as const) : []),
      connection: () => [],
    };
    const fixed = await startEdge({ locked });
    const patch = (body: object) => fixed.call('/v1/shops/main', { method: 'PATCH', body });
    const { status, json } = await patch({ origins: ['https://l.example'] });
    expect([status, json.code, json.field]).toEqual([409, 'read-only', 'origins']);
    expect((await patch({ origins: [], name: 'Mugs' })).json).toMatchObject({
      name: 'Mugs',
      read_only: ['origins'],
    });
    await fixed.close();
  });
});

describe('API keys', () => {
  test('are shown once, open their shop, and stop when taken away', async () => {
    const made = await edge.call('/v1/shops/other/api-keys', { body: { label: 'checkout' } });
    expect(made.status).toBe(201);
    const { key, id } = made.json;
    expect(key).toMatch(/^cbk_[\w-]{43}$/);
    const listed = await edge.call('/v1/shops/other/api-keys');
    expect(listed.json.api_keys).toContainEqual({
      id,
      label: 'checkout',
      created_at: '2026-11-22T10:00:00.000Z',
    });
    expect(listed.text).not.toContain(key);
    const news = { order_id: '1', status: 'paid', amount: '1', currency: 'EUR' };
    const post = (shop: string, token: string) =>
      edge.call(`/v1/shops/${shop}/orders`, { token, body: news });
    expect((await post('other', key)).status).toBe(200);
    expect((await post('main', key)).status).toBe(401);
    expect((await edge.call(`/v1/shops/other/api-keys/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await post('other', key)).status).toBe(401);
    expect((await edge.call(`/v1/shops/other/api-keys/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  test('of another shop are not taken away', async () => {
    expect((await edge.call('/v1/shops/other/api-keys/key-main', { method: 'DELETE' })).status).toBe(404);
    expect(
      (await edge.order({ order_id: '1', status: 'paid', amount: '1', currency: 'EUR' }, { token: SHOP_KEY }))
        .status,
    ).toBe(200);
  });

  test('need no body to be made', async () => {
    expect((await edge.call('/v1/shops/main/api-keys', { method: 'POST' })).status).toBe(201);
  });
});
