import { request } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Edge, startEdge } from '../../test/support/edge.ts';
import { Unavailable } from '../core/errors.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const CLICK = { v: 1, id: 'b-1', shop: 'main', click_id: '81e60haa86o0b7', via: 'clickid', visitor: 'v-1' };
const PAGE = 'https://lander.example';

describe('a beacon', () => {
  test('is answered 204 once it is stored', async () => {
    const { status, text } = await edge.beacon({ ...CLICK, url: `${PAGE}/p?clickid=x#y`, age: 1200 });
    expect([status, text]).toEqual([204, '']);
    const story = await edge.ledger.click('main', CLICK.click_id);
    expect(story?.beacons).toMatchObject([
      { via: 'clickid', visitorId: 'v-1', url: `${PAGE}/p`, clickedAt: edge.clock.now() - 1200 },
    ]);
  });

  test('may come as JSON, and again', async () => {
    for (let times = 0; times < 2; times += 1) {
      const { status } = await edge.beacon(CLICK, { 'content-type': 'application/json' });
      expect(status).toBe(204);
    }
    expect((await edge.ledger.click('main', CLICK.click_id))?.beacons).toHaveLength(1);
  });

  test.each([
    ['not JSON', '{"v":1', 400, 'unreadable'],
    ['nothing', '', 400, 'unreadable'],
    ['a list', [CLICK], 400, 'invalid'],
    ['an unknown version', { ...CLICK, v: 2 }, 400, 'invalid'],
    ['a click id with a macro', { ...CLICK, click_id: '{clickid}' }, 400, 'invalid'],
    ['a filler for a click id', { ...CLICK, click_id: 'OPTIONAL' }, 400, 'invalid'],
    ['a click id of 5 KB', { ...CLICK, click_id: 'a'.repeat(5000) }, 400, 'invalid'],
    ['a click id that is a number', { ...CLICK, click_id: 7 }, 400, 'invalid'],
    ['control characters', { ...CLICK, via: 'a\u0000b' }, 400, 'invalid'],
    ['a shop id nobody can have', { ...CLICK, shop: '../main' }, 400, 'invalid'],
    ['an unknown shop', { ...CLICK, shop: 'nowhere' }, 404, 'not-found'],
    ['more than 8 KB', { ...CLICK, url: `${PAGE}/${'a'.repeat(9000)}` }, 413, 'too-large'],
    ['nesting without end', '['.repeat(4000), 400, 'unreadable'],
  ])('with %s is refused with a problem', async (_what, body, ...[status, code]) => {
    const answer = await edge.beacon(body, { origin: PAGE });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.json).toMatchObject({ status, code, type: 'about:blank' });
    expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
  });

  test('names the field at fault', async () => {
    const { json } = await edge.beacon({ ...CLICK, visitor: 'no spaces' });
    expect(json).toMatchObject({ field: 'visitor', title: 'Bad Request' });
  });

  test.each([
    ['application/x-www-form-urlencoded', {}],
    ['text/html', {}],
    ['text/plain', { 'content-encoding': 'gzip' }],
  ])('as %s %j is 415', async (type, headers) => {
    const { status, json } = await edge.beacon(CLICK, { 'content-type': type, ...headers });
    expect([status, json.code]).toEqual([415, 'unsupported-media-type']);
  });

  test('that is not UTF-8 is 400', async () => {
    const response = await fetch(`${edge.url}/b`, {
      method: 'POST',
      body: new Uint8Array([0x22, 0xff, 0x22]) as never,
      headers: { 'content-type': 'text/plain' },
    });
    expect(response.status).toBe(400);
  });

  test('in chunks without a length is refused once it is too large', async () => {
    const status = await new Promise((resolve, reject) => {
      const req = request(`${edge.url}/b`, { method: 'POST', headers: { 'content-type': 'text/plain' } });
      req.on('response', (res) => resolve(res.resume().statusCode)).on('error', reject);
      for (let each = 0; each < 20; each += 1) req.write('a'.repeat(1000));
      req.end();
    });
    expect(status).toBe(413);
  });

  test('in chunks is read like any other', async () => {
    const status = await new Promise((resolve, reject) => {
      const req = request(`${edge.url}/b`, { method: 'POST', headers: { 'content-type': 'text/plain' } });
      req.on('response', (res) => resolve(res.resume().statusCode)).on('error', reject);
      const text = JSON.stringify({ ...CLICK, url: `${PAGE}/ü` });
      for (const byte of Buffer.from(text)) req.write(Buffer.from([byte]));
      req.end();
    });
    expect(status).toBe(204);
  });

  test('of a page that may not send is 403, readable by the page', async () => {
    await edge.call('/v1/shops/main', { method: 'PATCH', body: { origins: [PAGE] } });
    const refused = await edge.beacon(CLICK, { origin: 'https://evil.example' });
    expect([refused.status, refused.json.code]).toEqual([403, 'forbidden-origin']);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://evil.example');
    expect((await edge.beacon(CLICK, { origin: 'null' })).status).toBe(403);
    expect((await edge.beacon(CLICK, { origin: PAGE })).status).toBe(204);
  });

  test('that cannot be stored is 503 with Retry-After, and a bug of ours is 500 without a word of it', async () => {
    const broken = await startEdge({
      ledger: () => ({ recordClick: () => Promise.reject(new Unavailable('the disk is full', 7)) }),
    });
    const answer = await broken.beacon(CLICK);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
    await broken.close();
    const buggy = await startEdge({
      ledger: () => ({ recordClick: () => Promise.reject(new TypeError('secret')) }),
    });
    const bug = await buggy.beacon(CLICK);
    expect([bug.status, bug.text.includes('secret'), buggy.log.lines.length]).toEqual([500, false, 1]);
    await buggy.close();
  });

  test('to a method that is not POST is 405 with Allow', async () => {
    const { status, headers } = await edge.call('/b?x', { token: null });
    expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  test('is announced by a preflight that lets credentials and JSON through', async () => {
    const { status, headers } = await edge.call('/b', {
      method: 'OPTIONS',
      token: null,
      headers: { origin: PAGE },
    });
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      vary: 'Origin',
    });
  });

  test('is never answered 5xx, whatever JSON it holds', async () => {
    const field = fc.constantFrom(
      'v',
      'id',
      'shop',
      'click_id',
      'via',
      'visitor',
      'url',
      'ref',
      'age',
      'dom',
      'join',
      'bad',
      '__proto__',
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('main', 1, -1e308, '\ud800', '\0'),
    );
    const odd = fc.dictionary(field, value).map((fields) => ({ ...CLICK, ...fields }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(odd, fc.jsonValue()), async (body) => {
        expect((await edge.beacon(JSON.stringify(body))).status).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a limit on beacons', () => {
  test('is counted by address, an IPv6 client by its /64', async () => {
    const limited = await startEdge({ needs: { rateLimit: { most: 2, withinMs: 60_000 } } });
    const from = (address: string) => limited.beacon(CLICK, { 'x-forwarded-for': address });
    expect([(await from('2001:db8::1')).status, (await from('2001:db8::2')).status]).toEqual([204, 204]);
    const third = await from('2001:db8:0:0:ffff::3');
    expect([third.status, third.json.code]).toEqual([429, 'too-many']);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(50);
    expect((await from('2001:db8:0:1::1')).status).toBe(204);
    await limited.close();
  });
});
