import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Edge, SNIPPET, startEdge } from '../../test/support/edge.ts';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

interface Raw {
  status: number | undefined;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** As the bytes are: `fetch` would unpack them. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const req = request(`${edge.url}${path}`, { method, headers });
    req.on('error', reject).on('response', (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () =>
        resolve({
          status: res.statusCode,
          headers: res.headers as Raw['headers'],
          body: Buffer.concat(chunks),
        }),
      );
    });
    req.end();
  });
}

const CODE = '"current";'.repeat(200);

test.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ['*', 'br', brotliDecompressSync],
  ['identity', undefined, (body: Buffer) => body],
  ['br;q=0, gzip;q=0', undefined, (body: Buffer) => body],
  ['', undefined, (body: Buffer) => body],
])('to a browser that takes %j it comes as %s', async (accept, encoding, decode) => {
  const { status, headers, body } = await get('/c.js', accept === '' ? {} : { 'accept-encoding': accept });
  expect([status, headers['content-encoding']]).toEqual([200, encoding]);
  expect(decode(body).toString()).toBe(CODE);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    vary: 'Accept-Encoding',
    'content-length': String(body.length),
  });
});

test('what a browser has already is 304, for each encoding by itself', async () => {
  const first = await get('/c.js', { 'accept-encoding': 'br' });
  const etag = first.headers['etag'] ?? '';
  const again = await get('/c.js', { 'accept-encoding': 'br', 'if-none-match': `"x", ${etag}` });
  expect([again.status, again.body.length, again.headers['etag']]).toEqual([304, 0, etag]);
  expect((await get('/c.js', { 'accept-encoding': 'gzip', 'if-none-match': etag })).status).toBe(200);
});

test('HEAD tells the length and sends nothing', async () => {
  const { status, headers, body } = await get('/c.js', {}, 'HEAD');
  expect([status, headers['content-length'], body.length]).toEqual([200, String(CODE.length), 0]);
});

test('under its hash it never changes, and earlier ones go on working', async () => {
  const now = await get(`/c.${SNIPPET.current}.js`);
  const before = await get(`/c.${SNIPPET.old}.js`);
  expect(now.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect([now.body.toString() === CODE, before.body.toString().startsWith('"old"')]).toEqual([true, true]);
  expect((await get('/c.unknown.js')).status).toBe(404);
});

test('it is only read', async () => {
  const { status, headers } = await get('/c.js', {}, 'POST');
  expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
});
