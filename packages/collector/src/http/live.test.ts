import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settled } from '../../test/support/hand-clock.ts';
import { ADMIN, type Edge, startEdge } from '../../test/support/edge.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

function watch(): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${edge.url}/v1/live`, { headers: { authorization: `Bearer ${ADMIN}` } }, resolve).on(
      'error',
      reject,
    );
  });
}

async function nextOf(stream: IncomingMessage, wanted: RegExp): Promise<string> {
  let heard = '';
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    heard += String(chunk);
    if (wanted.test(heard)) return heard;
  }
  throw new Error(`ended after ${JSON.stringify(heard)}`);
}

test('tells what happens as it happens', async () => {
  const stream = await watch();
  expect(stream.headers['content-type']).toContain('text/event-stream');
  await edge.beacon({ v: 1, shop: 'main', click_id: 'abc', via: 'clickid', url: 'https://l.example/p' });
  const heard = await nextOf(stream, /data: .*\n\n/);
  expect(heard).toContain('event: click\ndata: ');
  expect(JSON.parse(/data: (.*)/.exec(heard)?.[1] ?? '')).toEqual({
    what: 'click',
    shop: 'main',
    click_id: 'abc',
    via: 'clickid',
    page: 'https://l.example/p',
    fresh: true,
    at: '2026-11-22T10:00:00.000Z',
  });
  stream.destroy();
});

test('beats every 15 seconds, so that a dead connection shows', async () => {
  const stream = await watch();
  await nextOf(stream, /^: beat\n\n/);
  await edge.clock.advance(15_000);
  await nextOf(stream, /^: beat\n\n/);
  stream.destroy();
});

test('a watcher that goes away leaves nothing behind', async () => {
  const stream = await watch();
  expect([edge.hearers.size, edge.clock.waiting]).toEqual([1, 1]);
  stream.destroy();
  while (edge.hearers.size > 0) await settled();
  expect(edge.clock.waiting).toBe(0);
});

test('a watcher that does not read is dropped', async () => {
  const stream = await watch();
  stream.pause();
  const page = `https://l.example/${'a'.repeat(60_000)}`;
  const click = { what: 'click', shop: 'main', clickId: 'abc', via: null, page, fresh: true, at: 0 } as const;
  for (let each = 0; each < 1000 && edge.hearers.size > 0; each += 1) {
    edge.hearers.forEach((hear) => hear(click));
    await settled();
  }
  expect(edge.hearers.size).toBe(0);
});

test('the drain ends every stream and begins none', async () => {
  const stream = await watch();
  edge.app.drain();
  const chunks = await stream.toArray();
  expect(String(chunks)).toContain(': beat');
  expect((await edge.call('/v1/live')).status).toBe(503);
});

test('HEAD is answered and ends', async () => {
  expect((await edge.call('/v1/live', { method: 'HEAD' })).status).toBe(200);
  expect(edge.hearers.size).toBe(0);
});
