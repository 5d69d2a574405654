import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Edge, SHOP_KEY, startEdge } from '../../test/support/edge.ts';

let edge: Edge;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.close());

const PAID = { order_id: '1001', status: 'paid', amount: '49.90', currency: 'EUR' };

describe('news that cannot be read', () => {
  test.each([
    ['order_id', undefined],
    ['order_id', 1001],
    ['order_id', ''],
    ['order_id', ' 1'],
    ['order_id', 'a\u0000'],
    ['order_id', 'a\ud800'],
    ['order_id', 'a'.repeat(129)],
    ['status', 'Paid'],
    ['status', null],
    ['amount', undefined],
    ['amount', 49.9],
    ['amount', '49,90'],
    ['amount', '-1'],
    ['amount', '1e3'],
    ['amount', '49.905'],
    ['amount', '99999999999999999'],
    ['amount', ' 1'],
    ['amount_minor', 4990.5],
    ['amount_minor', -1],
    ['amount_minor', 1e300],
    ['amount_minor', 4991],
    ['currency', 'eur'],
    ['currency', 'XAU'],
    ['currency', undefined],
    ['refunded_amount', 3],
    ['refunded_amount', '-3'],
    ['click_id', 7],
    ['url', ['https://shop.example/']],
    ['cookies', {}],
    ['visitor_id', 'no spaces'],
    ['visitor_id', 'a'.repeat(65)],
    ['join_key', 'ключ'],
    ['customer_id', 'a'.repeat(256)],
    ['subscription_id', 'a\nb'],
    ['kind', 'gift'],
    ['test', 'true'],
    ['placed_at', '2026-11-22 09:58'],
    ['placed_at', '2026-11-22T09:58:00'],
    ['placed_at', '2026-02-30T09:58:00Z'],
    ['placed_at', 1700000000],
    ['occurred_at', '2027-11-22T09:58:00Z'],
    ['occurred_at', '2026-13-01T09:58:00Z'],
  ])('is 422 and names %s when it is %j', async (field, value) => {
    const answer = await edge.order({ ...PAID, [field]: value });
    expect([answer.status, answer.json.code, answer.json.field]).toEqual([422, 'invalid', field]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  test('tells what to send instead of a JSON number', async () => {
    const { json } = await edge.order({ ...PAID, amount: 49.9 });
    expect(json.detail).toBe(
      'amount must be text such as "49.90": a JSON number may have lost digits already',
    );
  });

  test.each([
    ['malformed JSON', '{"order_id":', {}, 400, 'unreadable'],
    ['nothing at all', '', {}, 422, 'invalid'],
    ['a list', '[]', {}, 422, 'invalid'],
    ['text', '"x"', {}, 422, 'invalid'],
    ['nesting 10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, {}, 400, 'unreadable'],
    ['objects 5,000 deep', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, {}, 400, 'unreadable'],
    ['65 KB', JSON.stringify({ ...PAID, x: 'a'.repeat(65_536) }), {}, 413, 'too-large'],
    [
      'a form',
      'order_id=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-media-type',
    ],
    ['text/plain', '{}', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['a compressed body', '{}', { 'content-encoding': 'br' }, 415, 'unsupported-media-type'],
  ])('as %s is refused', async (_what, body, ...[headers, status, code]) => {
    const answer = await edge.order(body, { headers: headers as Record<string, string> });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  test('as a gzip bomb is not unpacked', async () => {
    const response = await fetch(`${edge.url}/v1/shops/main/orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${SHOP_KEY}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: new Uint8Array(gzipSync(Buffer.alloc(20_000_000, 0x20))),
    });
    expect(response.status).toBe(415);
  });

  test('with a doubled or odd dry_run is 422', async () => {
    for (const query of ['?dry_run=1&dry_run=1', '?dry_run=yes', '?dry_run[a]=1&__proto__=1&dry_run=%zz']) {
      expect((await edge.order(PAID, { query })).status).toBe(422);
    }
  });

  test('is never answered 5xx, whatever JSON it is', async () => {
    const field = fc.constantFrom(
      ...[
        'order_id',
        'status',
        'amount',
        'amount_minor',
        'currency',
        'click_id',
        'url',
        'cookies',
        'visitor_id',
      ],
      ...[
        'join_key',
        'customer_id',
        'subscription_id',
        'kind',
        'refunded_amount',
        'test',
        'placed_at',
        '__proto__',
      ],
    );
    const hostile = fc.constantFrom(
      '',
      '\0',
      '\ud800',
      '-1',
      '1e9',
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      2 ** 53,
    );
    const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), hostile);
    const odd = fc.dictionary(field, value).map((fields) => ({ ...PAID, ...fields }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(odd, fc.jsonValue()), async (body) => {
        expect((await edge.order(JSON.stringify(body))).status).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });
});
