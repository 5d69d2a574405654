import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, type Edge, OTHER_KEY, SHOP_KEY, startEdge } from '../../test/support/edge.ts';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

const pathOf = (path: string) =>
  path.replace(':shop', 'main').replace(':tracker', 'binom').replace(/:\w+/g, 'x');

describe('every call that needs a key', () => {
  test('is refused without one, before the ledger hears of it', async () => {
    const asked: string[] = [];
    const spied = await startEdge({
      ledger: (ledger) =>
        Object.fromEntries(
          Object.entries(ledger).map(([name, verb]) => [
            name,
            (...args: unknown[]) => {
              asked.push(name);
              return (verb as (...args: unknown[]) => unknown)(...args);
            },
          ]),
        ),
    });
    asked.length = 0;
    const routes = [...spied.app.routes, { method: 'get', path: '/v1/live', who: 'operator' } as const];
    expect(routes.length).toBeGreaterThan(20);
    const tokens = [null, '', 'wrong', `${ADMIN}x`, OTHER_KEY];
    for (const { method, path, who } of routes) {
      const shopKeys = who === 'operator' ? [SHOP_KEY] : who === 'shop' ? [ADMIN] : [];
      for (const token of [...tokens, ...shopKeys]) {
        const body = method === 'get' ? undefined : {};
        const { status, json } = await spied.call(pathOf(path), {
          method: method.toUpperCase(),
          token,
          body,
        });
        expect([method, path, token, status, json.code]).toEqual([method, path, token, 401, 'unauthorized']);
      }
    }
    expect(asked).toEqual([]);
    await spied.close();
  });

  test('answers 405 with Allow to a method it does not know', async () => {
    const paths = new Set(edge.app.routes.map(({ path }) => path));
    for (const path of paths) {
      const { status, headers, json } = await edge.call(pathOf(path), { method: 'PROPFIND' });
      expect([path, status, json.code]).toEqual([path, 405, 'method-not-allowed']);
      expect(headers.get('allow')).toMatch(/GET|POST|PUT|DELETE/);
    }
  });

  test('of an unknown shop is 404', async () => {
    for (const { method, path } of edge.app.routes.filter(({ path }) => path.includes(':shop'))) {
      const token = path.endsWith('/orders') && method === 'post' ? SHOP_KEY : ADMIN;
      const body = method === 'get' ? undefined : {};
      const unknown = pathOf(path).replace('/main', '/nowhere');
      const { status, json } = await edge.call(unknown, { method: method.toUpperCase(), token, body });
      expect([path, status, json.field]).toEqual([path, 404, 'shop']);
    }
  });
});

describe('what nobody asked for', () => {
  test.each([
    '/',
    '/v1',
    '/v1/nothing',
    '/b/',
    '/B',
    '/c.nothash.js',
    '/console.php?x=1',
    '//b',
    '/v1/shops/main/orders/1/2',
  ])('%s is a problem, never a page', async (path) => {
    const { status, headers, json } = await edge.call(path);
    expect([status, json.code]).toEqual([404, 'not-found']);
    expect(headers.get('content-type')).toBe('application/problem+json');
  });

  test.each(['/v1/shops/%zz', '/v1/shops/main/orders/%ff', '/%'])(
    '%s cannot be read and is 4xx',
    async (path) => {
      const { status, json } = await edge.call(path);
      expect(status === 400 || status === 404).toBe(true);
      expect(json.status).toBe(status);
    },
  );

  test.each(['%00', 'a%0Ab', 'x'.repeat(300)])('an id like %s is 404', async (id) => {
    expect((await edge.call(`/v1/shops/main/orders/${id}`)).status).toBe(404);
    expect((await edge.call(`/v1/shops/main/postbacks/${id}/replay`, { method: 'POST' })).status).toBe(404);
  });
});

test('a mistake of ours is 500 without a word of it, and stands in the log without the address', async () => {
  const buggy = await startEdge({ ledger: () => ({ order: () => Promise.reject(new TypeError('secret')) }) });
  const { status, text, json } = await buggy.call('/v1/shops/main/orders/1001');
  expect([status, json.code, text.includes('secret')]).toEqual([500, 'internal', false]);
  expect(buggy.log.lines).toMatchObject([
    {
      event: 'request.failed',
      fields: { route: '/v1/shops/:shop/orders/:order_id', error: expect.stringContaining('secret') },
    },
  ]);
  expect(JSON.stringify(buggy.log.lines)).not.toContain('1001');
  await buggy.close();
});

test('answers carry the headers that keep browsers from misusing them, but leave HSTS to whoever ends TLS', async () => {
  const { headers } = await edge.call('/v1/shops');
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect([headers.get('x-powered-by'), headers.get('strict-transport-security')]).toEqual([null, null]);
});

test('health is open to all; readiness is the ledger’s', async () => {
  expect((await edge.call('/healthz', { token: null })).json).toEqual({ status: 'ok' });
  expect((await edge.call('/readyz', { token: null })).json).toEqual({ status: 'ok' });
  const { Unavailable } = await import('../core/errors.ts');
  const down = await startEdge({
    ledger: () => ({ ready: () => Promise.reject(new Unavailable('no disk')) }),
  });
  const { status, headers } = await down.call('/readyz', { token: null });
  expect([status, headers.get('retry-after')]).toEqual([503, '5']);
  down.app.drain();
  expect((await down.call('/healthz')).status).toBe(200);
  await down.close();
});

describe('metrics', () => {
  test('without a token are for this machine, not for what a proxy passes on', async () => {
    const local = await edge.call('/metrics', { token: null });
    expect([local.status, local.text, local.headers.get('content-type')]).toEqual([
      200,
      'clicks 1\n',
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    for (const header of ['x-forwarded-for', 'forwarded']) {
      expect((await edge.call('/metrics', { headers: { [header]: '127.0.0.1' } })).status).toBe(401);
    }
  });

  test('with a token are for whoever has it', async () => {
    const render = async () => ({ type: 'text/plain', text: 'ok' });
    const guarded = await startEdge({ needs: { metrics: { token: 'scrape', render } } });
    const statuses = [];
    for (const token of [null, ADMIN, 'scrape'])
      statuses.push((await guarded.call('/metrics', { token })).status);
    expect(statuses).toEqual([401, 401, 200]);
    await guarded.close();
  });
});
