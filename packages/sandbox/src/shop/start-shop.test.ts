import type { IncomingHttpHeaders } from 'node:http';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listen, type Listening } from '../listen.ts';
import { startShop, type Shop, type ShopOptions } from './start-shop.ts';

interface Call {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

const STORED = {
  attribution: { click_id: 'abc', via: 'order.click_id' },
  postback: { id: '7', state: 'due' },
};

let collector: Listening;
let calls: Call[];
/** What the fake collector answers next; the last one stays. */
let answers: { status: number; body: unknown }[];
let shop: Shop;

beforeEach(async () => {
  calls = [];
  answers = [{ status: 200, body: STORED }];
  const app = express().use(express.json());
  app.use((req, res) => {
    calls.push({ url: req.originalUrl, headers: req.headers, body: req.body as Call['body'] });
    const [answer] = answers.length > 1 ? answers.splice(0, 1) : answers;
    res.status(answer!.status).json(answer!.body);
  });
  collector = await listen(app, {});
});
afterEach(async () => {
  await shop.close();
  await collector.close();
});

async function start(options: Partial<ShopOptions> = {}): Promise<void> {
  shop = await startShop({
    collectorUrl: collector.url,
    apiKey: 'key-of-main',
    retryWaits: [0, 0, 0],
    ...options,
  });
}

const get = async (path: string) => (await fetch(shop.url + path)).text();
const pay = (query: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  fetch(`${shop.url}/pay${query}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
    redirect: 'manual',
  });
const thanksOf = async (response: Response) => get(response.headers.get('location') ?? '');

describe('pages', () => {
  test('every page carries the snippet of its shop', async () => {
    await start({ collectorPublicUrl: 'https://c.shop.example/', shop: 'north' });
    for (const path of ['/?clickid=abc', '/product', '/checkout', '/thanks?order=none']) {
      expect(await get(path)).toContain(
        '<script async src="https://c.shop.example/c.js" data-shop="north"></script>',
      );
    }
  });

  test('the snippet is told the hosts to carry to, and the Buy link leads there', async () => {
    await start({
      carry: ['shop.localhost', 'pay.example=ref'],
      checkoutOrigin: (port) => `http://shop.localhost:${port}`,
    });
    const product = await get('/product');
    expect(product).toContain('data-carry="shop.localhost,pay.example=ref"');
    expect(product).toContain(
      `id="buy" href="http://shop.localhost:${shop.host.split(':')[1]}/checkout?product=mug"`,
    );
  });

  test('a page can come without the snippet, and its links lead to more of the same', async () => {
    await start();
    const lander = await get('/?nosnippet=1');
    expect(lander).not.toContain('<script');
    expect(lander).toContain('href="/product?nosnippet=1"');
    expect(await get('/product?nosnippet=1')).toContain('href="/checkout?product=mug&amp;nosnippet=1"');
  });

  test('beacons can be sent nowhere', async () => {
    await start();
    expect(await get('/?beacons=blocked')).toContain(`data-endpoint="${collector.url}/no-beacons-here"`);
    expect(await get('/')).not.toContain('data-endpoint');
  });

  test('the lander shows the click id it was given, escaped', async () => {
    await start();
    expect(await get('/?clickid=81e60haa86o0b7')).toContain('<code>81e60haa86o0b7</code>');
    const hostile = await get(`/?clickid=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(hostile).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(hostile).not.toContain('<script>');
  });

  test('the checkout offers an empty field and keeps its query, escaped', async () => {
    await start({ price: '1500', currency: 'JPY' });
    const checkout = await get(`/checkout?clickid=abc&note=a"b'c<d`);
    expect(checkout).toContain('<input type="hidden" name="clickid" value="" />');
    expect(checkout).toMatch(/action="\/pay\?clickid=abc&amp;note=a%22b(?:'|%27|&#39;)c%3Cd"/);
    expect(checkout).toContain('Pay 1500 JPY');
  });

  test('styles and pictures are there, and other paths are not', async () => {
    await start();
    expect((await fetch(`${shop.url}/assets/shop.css`)).headers.get('content-type')).toContain('text/css');
    expect((await fetch(`${shop.url}/assets/mug.svg`)).headers.get('content-type')).toContain(
      'image/svg+xml',
    );
    for (const path of ['/nowhere', '/thanks?order=1', '/thanks']) {
      expect((await fetch(shop.url + path)).status).toBe(404);
    }
  });
});

describe('the order call', () => {
  test('a payment tells the collector everything it may learn from', async () => {
    await start({ shop: 'north', price: '49.90', currency: 'EUR' });
    await pay('?clickid=from-query', { clickid: 'from-form' }, { cookie: '_binom=abc; _cbv=v1' });
    const [order] = shop.orders();
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      url: '/v1/shops/north/orders',
      headers: { authorization: 'Bearer key-of-main', 'content-type': 'application/json' },
    });
    expect(calls[0]!.body).toEqual({
      order_id: order!.orderId,
      status: 'paid',
      amount: '49.90',
      currency: 'EUR',
      click_id: 'from-form',
      url: `${shop.url}/checkout?clickid=from-query`,
      cookies: '_binom=abc; _cbv=v1',
      placed_at: order!.placedAt,
      occurred_at: order!.paidAt,
    });
  });

  test.each([
    ['?clickid=from-query', { clickid: '' }, 'from-query'],
    ['?click_id=from-query', {}, 'from-query'],
    ['', { clickid: '' }, undefined],
  ])('with the query %j and the form %j the click id is %j', async (query, form, clickId) => {
    await start();
    await pay(query, form);
    expect(calls[0]!.body['click_id']).toBe(clickId);
    expect(calls[0]!.body['url']).toBe(`${shop.url}/checkout${query}`);
    expect(calls[0]!.body).not.toHaveProperty('cookies');
  });

  test('the thank-you page says in plain words what the collector answered', async () => {
    await start();
    const response = await pay('?nosnippet=1');
    const [order] = shop.orders();
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/thanks?order=${order!.orderId}&nosnippet=1`);
    const thanks = await thanksOf(response);
    expect(thanks).toContain('The collector stored this order (one try).');
    expect(thanks).toContain('The click abc earned it (found by order.click_id).');
    expect(thanks).not.toContain('Tell the collector again');
  });

  test('every order has an id of its own', async () => {
    await start();
    await Promise.all([pay(''), pay(''), pay('')]);
    expect(new Set(shop.orders().map(({ orderId }) => orderId)).size).toBe(3);
  });

  test('a collector that stumbles is told again', async () => {
    answers = [
      { status: 503, body: {} },
      { status: 429, body: {} },
      { status: 200, body: STORED },
    ];
    await start();
    await pay('');
    expect(calls.map(({ body }) => body['order_id'])).toEqual(Array(3).fill(shop.orders()[0]!.orderId));
    expect(shop.orders()[0]!.report).toMatchObject({ state: 'stored', tries: 3 });
  });

  test('a refusal is not repeated, and shown', async () => {
    answers = [{ status: 422, body: { title: '<b>Unreadable</b>', field: 'currency' } }];
    await start();
    const thanks = await thanksOf(await pay(''));
    expect(calls).toHaveLength(1);
    expect(thanks).toContain('The collector did not take this order: it answered 422');
    expect(thanks).toContain('&lt;b&gt;Unreadable&lt;/b&gt;');
  });

  test('a server that is not a collector has not stored the order', async () => {
    answers = [{ status: 200, body: { hello: 'world' } }];
    await start();
    await pay('');
    expect(shop.orders()[0]!.report?.state).toBe('refused');
  });

  test('an order that never got through is kept, said, and can be told again', async () => {
    answers = [{ status: 500, body: {} }];
    await start();
    const thanks = await thanksOf(await pay(''));
    const [order] = shop.orders();
    expect(order!.report).toMatchObject({ state: 'unreached', tries: 3 });
    expect(thanks).toContain('The shop keeps the order, nothing is lost.');
    expect(thanks).toContain(`action="/report?order=${order!.orderId}"`);

    answers = [{ status: 200, body: STORED }];
    const again = await fetch(`${shop.url}/report?order=${order!.orderId}`, { method: 'POST' });
    expect(await again.text()).toContain('The collector stored this order');
    expect(calls.at(-1)!.body).toEqual(calls[0]!.body);
  });

  test('a collector that is not there is said to be so', async () => {
    await start({ collectorUrl: 'http://127.0.0.1:1' });
    expect(await thanksOf(await pay(''))).toContain('The collector did not store this order in 3 tries: ');
  });

  test('a form too large is refused without a stack', async () => {
    await start();
    const response = await pay('', { email: 'x'.repeat(20_000) });
    expect([response.status, await response.text()]).toEqual([413, 'request entity too large']);
    expect(calls).toEqual([]);
  });
});
