import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Edge, SHOP_KEY, startEdge } from '../../test/support/edge.ts';
import { Unavailable } from '../core/errors.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const CLICK_ID = '81e60haa86o0b7';
const PAID = { order_id: '1001', status: 'paid', amount: '49.90', currency: 'EUR' };
const connect = (body = {}) =>
  edge.call('/v1/shops/main/trackers/binom', {
    method: 'PUT',
    body: { tracking_domain: 't.example', ...body },
  });

describe('news about an order', () => {
  test('with a click is answered with order, attribution and postback', async () => {
    await connect();
    const { status, json } = await edge.order({ ...PAID, click_id: ` ${CLICK_ID} ` });
    expect(status).toBe(200);
    expect(json).toEqual({
      order: PAID,
      attribution: { click_id: CLICK_ID, via: 'order.click_id' },
      postback: { id: expect.any(String), state: 'due' },
    });
    expect((await edge.order({ ...PAID, click_id: CLICK_ID })).json).toEqual(json);
  });

  test('without a click is kept, and owes nobody anything', async () => {
    expect((await edge.order(PAID)).json).toEqual({
      order: PAID,
      attribution: { click_id: null, reason: 'no-click' },
      postback: null,
    });
  });

  test.each([
    ['a test order', { test: true }, 'test-order'],
    ['a status the operator gave no text', { status: 'pending' }, 'status-not-reported'],
  ])('of %s says why nothing is sent', async (_what, fields, reason) => {
    await connect();
    const { json } = await edge.order({ ...PAID, ...fields, click_id: CLICK_ID });
    expect(json.postback).toMatchObject({ state: 'skipped', reason });
  });

  test('that leaves out whether it is a test keeps a test order one, and sent again is a repeat', async () => {
    await connect();
    await edge.order({ ...PAID, status: 'pending', test: true });
    const told = await edge.order({ ...PAID, click_id: CLICK_ID });
    expect(told.json.postback).toMatchObject({ state: 'skipped', reason: 'test-order' });
    expect((await edge.order({ ...PAID, click_id: CLICK_ID })).json).toEqual(told.json);
    const { json } = await edge.call('/v1/shops/main/orders/1001');
    expect(json).toMatchObject({ order: { test: true }, news: [{ test: true }, { test: null }] });
  });

  test('without a tracker names the postback that waits for one', async () => {
    const { json } = await edge.order({ ...PAID, click_id: CLICK_ID });
    expect(json.postback).toEqual({ id: expect.any(String), state: 'skipped', reason: 'no-tracker' });
  });

  test('finds the click in the address of the checkout, then in the cookies', async () => {
    const url = 'https://shop.example/checkout?x=%zz&clickid={clickid}&clickid=from-url&token=secret';
    const found = await edge.order({ ...PAID, url, cookies: '_binom=from-cookie; session=secret' });
    expect(found.json.attribution).toEqual({ click_id: 'from-url', via: 'url.clickid' });
    const story = await edge.call('/v1/shops/main/orders/1001', { token: SHOP_KEY });
    expect(story.json.attribution.candidates).toEqual([
      { click_id: 'from-url', via: 'url.clickid', clicked_at: null, outcome: 'won', reason: null },
      {
        click_id: 'from-cookie',
        via: 'cookie._binom',
        clicked_at: null,
        outcome: 'lost',
        reason: 'outranked',
      },
    ]);
    expect(story.text).not.toContain('secret');
  });

  test.each([
    ['a macro nobody replaced', '{clickid}'],
    ['a filler', 'OPTIONAL'],
    ['10 KB', 'a'.repeat(10_240)],
    ['a NUL', 'abc\u0000'],
    ['half a character', 'abc\ud800'],
  ])('with %s for a click id is stored, and says that the id is bad', async (_what, clickId) => {
    const { status, json } = await edge.order({ ...PAID, click_id: clickId });
    expect([status, json.attribution]).toEqual([200, { click_id: null, reason: 'bad-click-id' }]);
  });

  test('with the visitor cookie finds the click that visitor made', async () => {
    await edge.beacon({ v: 1, shop: 'main', click_id: CLICK_ID, visitor: 'visitor-1' });
    const { json } = await edge.order({ ...PAID, cookies: 'a=1; _cbv=visitor-1' });
    expect(json.attribution).toEqual({ click_id: CLICK_ID, via: 'visitor' });
    const { status } = await edge.order({ ...PAID, cookies: '_cbv=not a visitor; _cbv' });
    expect(status).toBe(200);
  });

  test('is answered by a dry run without being stored', async () => {
    await connect();
    const { status, json } = await edge.order({ ...PAID, click_id: CLICK_ID }, { query: '?dry_run=1' });
    expect([status, json.postback]).toEqual([200, { state: 'due' }]);
    expect((await edge.call('/v1/shops/main/orders/1001')).status).toBe(404);
  });

  test('of an erased person keeps nothing', async () => {
    await edge.order({ ...PAID, click_id: CLICK_ID });
    await edge.call('/v1/shops/main/erase', { body: { order_id: '1001' } });
    const { status, json } = await edge.order({ ...PAID, click_id: CLICK_ID });
    expect([status, json.attribution, json.postback]).toEqual([
      200,
      { click_id: null, reason: 'erased' },
      { state: 'skipped', reason: 'erased' },
    ]);
  });

  test('may state the amount in minor units, alone or in agreement', async () => {
    const { amount: _amount, ...rest } = PAID;
    expect((await edge.order({ ...rest, amount_minor: 4990 })).json.order).toEqual(PAID);
    expect((await edge.order({ ...PAID, amount: '49.9', amount_minor: 4990 })).status).toBe(200);
    const yen = await edge.order({ ...rest, order_id: 'y', currency: 'JPY', amount_minor: 1500 });
    expect(yen.json.order.amount).toBe('1500');
  });

  test('may hold empty and null fields, and fields we do not know', async () => {
    const body = {
      ...PAID,
      click_id: '',
      visitor_id: null,
      join_key: '',
      placed_at: null,
      customer_id: '',
      items: [{ sku: 1 }],
    };
    expect((await edge.order(body)).status).toBe(200);
    expect(
      (await edge.order(`{"__proto__":{"status":"refunded"},${JSON.stringify(PAID).slice(1)}`)).json.order,
    ).toEqual(PAID);
  });

  test.each([
    ['Z', '2026-11-22T09:58:00Z'],
    ['an offset', '2026-11-22T11:58:00.123456+02:00'],
    ['an offset without a colon', '2026-11-22T04:58-0500'],
  ])('may have a time with %s', async (_what, time) => {
    await edge.order({ ...PAID, placed_at: time });
    const { json } = await edge.call('/v1/shops/main/orders/1001');
    expect(json.order.placed_at).toMatch(/^2026-11-22T09:58:00/);
  });

  test('in another currency than before is 422', async () => {
    await edge.order(PAID);
    const { status, json } = await edge.order({ ...PAID, currency: 'USD' });
    expect([status, json.code, json.field]).toEqual([422, 'currency-changed', 'currency']);
  });

  test('what cannot be stored now is 503 and says when to come back', async () => {
    const full = await startEdge({
      ledger: () => ({ receiveOrder: () => Promise.reject(new Unavailable('the disk is full', 3)) }),
    });
    const { status, headers, json } = await full.order(PAID);
    expect([status, headers.get('retry-after'), json.code]).toEqual([503, '3', 'unavailable']);
    await full.close();
  });
});
