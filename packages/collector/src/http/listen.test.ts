import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startEdge } from '../../test/support/edge.ts';
import { Misconfigured } from '../core/errors.ts';
import { listen } from './listen.ts';

/** Sends bytes as they are, and tells all that came back once the connection ends. */
function exchange(port: number, ...parts: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => parts.forEach((part) => socket.write(part)));
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    socket.on('close', () => resolve(heard)).on('error', reject);
  });
}

const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));

test.each([
  ['what is not HTTP', 'HELO there\r\n\r\n', 400, 'unreadable'],
  ['headers of 17 KB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`, 431, 'too-large'],
  [
    'two lengths',
    'POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    400,
    'unreadable',
  ],
  [
    'a length and chunks',
    'POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
    'unreadable',
  ],
])('%s is answered with a problem', async (_what, bytes, ...[status, code]) => {
  const edge = await startEdge();
  const answer = await exchange(edge.port, bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
  expect(bodyOf(answer)).toMatchObject({ status, code });
  await edge.close();
});

test("a beacon that carries all of the shop's own cookies is taken", async () => {
  const edge = await startEdge();
  const beacon = { v: 1, shop: 'main', click_id: '81e60haa86o0b7', via: 'clickid' };
  const { status } = await edge.beacon(beacon, { cookie: `basket=${'a'.repeat(12_000)}` });
  expect(status).toBe(204);
  await edge.close();
});

test.each([
  ['headers', 'GET /healthz HTTP/1.1\r\nHost:'],
  ['a body', 'POST /b HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n{"v":1'],
  ['an order', 'POST /v1/shops/main/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{'],
])('%s that never end are given up within the limit', async (_what, bytes) => {
  const limits = { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 20 };
  const edge = await startEdge({ limits });
  const answer = await exchange(edge.port, bytes);
  // An order without a key is refused before its body is waited for.
  expect(answer).toMatch(/^HTTP\/1.1 (?:408|401) /);
  expect(edge.log.lines).toEqual([]);
  await edge.close();
});

test('a port that is taken says what to do', async () => {
  const edge = await startEdge();
  const again = listen(edge.app.handle, { host: '127.0.0.1', port: edge.port });
  await expect(again).rejects.toThrow(Misconfigured);
  await expect(again).rejects.toThrow(
    `127.0.0.1 port ${edge.port} is taken: stop the other program, or set PORT`,
  );
  await expect(listen(edge.app.handle, { host: '192.0.2.1', port: 0 })).rejects.toThrow('set HOST');
  await edge.close();
});

test('beyond the most connections, further ones are dropped', async () => {
  const edge = await startEdge({ limits: { maxConnections: 1 } });
  const first = connect(edge.port, '127.0.0.1');
  await new Promise((resolve) => first.once('connect', resolve));
  const second = await exchange(edge.port, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n').catch(() => '');
  expect(second).toBe('');
  first.destroy();
  await edge.close();
});

test('closing lets an open request finish, ends idle connections, and takes no new ones', async () => {
  let finish: () => void = () => undefined;
  const begun = Promise.withResolvers<undefined>();
  const slow = await startEdge({
    ledger: (ledger) => ({
      order: async (...args) => {
        begun.resolve(undefined);
        await new Promise<void>((resolve) => (finish = resolve));
        return ledger.order(...args);
      },
    }),
  });
  await slow.call('/healthz');
  const open = slow.call('/v1/shops/main/orders/1');
  await begun.promise;
  const closed = slow.close(5000);
  await expect(fetch(`${slow.url}/healthz`)).rejects.toThrow();
  finish();
  expect((await open).status).toBe(404);
  await closed;
});

test('closing does not wait for a connection that a browser opened ahead', async () => {
  const edge = await startEdge();
  const silent = connect(edge.port, '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  await edge.call('/healthz');
  const patience = 60_000;
  await edge.close(patience);
  silent.destroy();
});

test('closing cuts what does not finish in time', async () => {
  const begun = Promise.withResolvers<undefined>();
  const stuck = await startEdge({
    ledger: () => ({
      order: () => {
        begun.resolve(undefined);
        return new Promise(() => {});
      },
    }),
  });
  const open = stuck.call('/v1/shops/main/orders/1').catch(() => 'cut');
  await begun.promise;
  await stuck.close(30);
  expect(await open).toBe('cut');
});
