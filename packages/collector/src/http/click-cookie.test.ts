import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from 'node:http';
import { type Edge, startEdge } from '../../test/support/edge.ts';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

const BEACON = { v: 1, shop: 'main', click_id: '81e60haa86o0b7', dom: 'lander.example' };
const HEADERS = { host: 'c.lander.example:8787', origin: 'https://www.lander.example' };

/** The cookies set by the answer to a beacon. `fetch` would not let us choose our Host. */
function cookiesFor(beacon: object, headers: Record<string, string> = {}): Promise<string[] | undefined> {
  return new Promise((resolve, reject) => {
    const all = { 'content-type': 'text/plain', ...HEADERS, ...headers };
    const req = request(`${edge.url}/b`, { method: 'POST', headers: all });
    req.on('response', (res) => resolve(res.resume().headers['set-cookie'])).on('error', reject);
    req.end(JSON.stringify({ ...BEACON, ...beacon }));
  });
}

const COOKIE = '_binom=81e60haa86o0b7; Path=/; Domain=lander.example; Max-Age=2592000; SameSite=Lax';

test('the click id is kept on the domain that is ours and the page’s, readable by the page', async () => {
  expect(await cookiesFor({})).toEqual([COOKIE]);
  expect(await cookiesFor({ dom: 'Lander.Example' })).toEqual([COOKIE]);
});

test('behind a proxy that ends TLS the cookie is Secure', async () => {
  expect(await cookiesFor({}, { 'x-forwarded-proto': 'https' })).toEqual([`${COOKIE}; Secure`]);
});

test('behind a trusted proxy our host is the one it names', async () => {
  const proxied = { host: '127.0.0.1:8787', 'x-forwarded-host': 'c.lander.example' };
  expect(await cookiesFor({}, proxied)).toEqual([COOKIE]);
});

test.each([
  ['a domain that is not the page’s', {}, { origin: 'https://lander.example.evil.example' }],
  ['a domain that only ends alike', {}, { origin: 'https://evillander.example' }],
  ['a host of ours elsewhere', {}, { host: 'c.shop.example' }],
  ['a page without an origin', {}, { origin: 'null' }],
  ['a whole top-level domain', { dom: 'example' }, {}],
  ['an address', { dom: '0.0.1' }, { host: '127.0.0.1', origin: 'http://127.0.0.1' }],
  ['the address itself', { dom: '127.0.0.1' }, { host: '127.0.0.1', origin: 'http://127.0.0.1' }],
  ['a label cut in half', { dom: 'ander.example' }, {}],
  ['a leading dot', { dom: '.lander.example' }, {}],
  ['no domain', { dom: null }, {}],
  ['no click id', { click_id: null, join: 'key', visitor: 'v' }, {}],
  ['a late beacon, when the page has a newer click', {}, { cookie: 'a=b; _binom=newer' }],
])('%s sets no cookie', async (_what, beacon, headers) => {
  expect(await cookiesFor(beacon, headers as unknown as Record<string, string>)).toBeUndefined();
});

test('the cookie a script wrote for this click is written anew, for it would end sooner', async () => {
  expect(await cookiesFor({}, { cookie: '_binom=older; _binom=81e60haa86o0b7' })).toEqual([COOKIE]);
});
