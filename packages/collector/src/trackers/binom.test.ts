import { usableClickId } from '@clickback/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConnectionSettings } from '../core/connection.ts';
import type { WireReply } from '../core/ports.ts';
import type { Report } from '../core/postback.ts';
import { binom } from './binom.ts';

const SETTINGS: ConnectionSettings = {
  trackingDomain: 'track.example',
  scheme: 'https',
  clickPath: '/click.php',
  conversionType: '1',
  fixedPayout: null,
  fixedPayoutCurrency: null,
  payoutPercent: null,
  repeats: null,
  statuses: { pending: null, refunded: null, cancelled: null, disputed: null, rebill: null },
  extraParams: {},
  enabled: true,
  inFlight: 16,
};

const REPORT: Report = {
  clickId: '81e60haa86o0b7',
  payout: '49.90',
  currency: 'EUR',
  status: '1',
  correction: false,
  isZero: false,
  amount: 4990n,
  orderId: '1001',
  kind: 'sale',
  orderIds: ['1001'],
};

describe('the postback', () => {
  test('holds the four parameters in order', () => {
    expect(binom.url(SETTINGS, REPORT)).toBe(
      'https://track.example/click.php?cnv_id=81e60haa86o0b7&payout=49.90&cnv_status=1&cnv_currency=EUR',
    );
  });

  test('of a correction keeps the ad network out, before any extra parameter', () => {
    const settings = { ...SETTINGS, extraParams: { event9: '1' } };
    expect(binom.url(settings, { ...REPORT, correction: true })).toMatch(
      /&cnv_currency=EUR&disable_postback=1&event9=1$/,
    );
  });

  test('goes to the host, port, scheme and path of the settings', () => {
    const settings = {
      ...SETTINGS,
      scheme: 'http' as const,
      trackingDomain: '127.0.0.1:9000',
      clickPath: '/sub/click',
    };
    expect(binom.url(settings, REPORT)).toMatch(/^http:\/\/127\.0\.0\.1:9000\/sub\/click\?cnv_id=/);
  });

  test('fills macros of extra parameters once, and only the known ones', () => {
    const settings = {
      ...SETTINGS,
      extraParams: { order: '{order_id}', note: '{kind}: {order_id} {other}' },
    };
    const url = new URL(binom.url(settings, { ...REPORT, orderId: "$&{kind}$'", kind: 'upsell' }));
    expect(url.searchParams.get('order')).toBe("$&{kind}$'");
    expect(url.searchParams.get('note')).toBe("upsell: $&{kind}$' {other}");
  });

  test('is not overruled by an extra parameter with a name of its own', () => {
    const settings = { ...SETTINGS, extraParams: { cnv_id: 'other', payout: '9999', to_offer: '2' } };
    const parameters = new URL(binom.url(settings, REPORT)).searchParams;
    expect(parameters.getAll('cnv_id')).toEqual(['81e60haa86o0b7']);
    expect(parameters.getAll('payout')).toEqual(['49.90']);
    expect(parameters.get('to_offer')).toBe('2');
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom(
      '&payout=9',
      '#',
      '?',
      '/../',
      '\\',
      '@evil.example',
      '\r\nHost: evil',
      '%00',
      '+',
      '\uD800',
      '"<{}>',
    ),
  );
  const clickId = fc.stringMatching(/^[\w.~-]{1,128}$/).filter((text) => usableClickId(text) !== null);

  test('reads back as it was meant, whatever the texts are', () => {
    fc.assert(
      fc.property(clickId, hostile, fc.dictionary(hostile, hostile), (click, text, extraParams) => {
        const settings = { ...SETTINGS, extraParams };
        const url = new URL(binom.url(settings, { ...REPORT, clickId: click, status: text, orderId: text }));
        expect(url.searchParams.get('cnv_id')).toBe(click);
        expect(url.searchParams.get('payout')).toBe('49.90');
        expect(url.searchParams.get('cnv_status')).toBe(text.toWellFormed());
        expect(url.searchParams.get('cnv_currency')).toBe('EUR');
        expect([...url.searchParams.keys()].slice(0, 4)).toEqual([
          'cnv_id',
          'payout',
          'cnv_status',
          'cnv_currency',
        ]);
        expect([...url.searchParams.keys()].slice(4)).toEqual(
          Object.keys(extraParams).map((name) => name.toWellFormed()),
        );
      }),
    );
  });

  test('never changes host or path, whatever the texts are', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.dictionary(hostile, hostile), (click, text, extraParams) => {
        const report = { ...REPORT, clickId: click, status: text, currency: text, orderId: text, kind: text };
        const written = binom.url({ ...SETTINGS, extraParams }, report);
        const url = new URL(written);
        expect(url.origin + url.pathname).toBe('https://track.example/click.php');
        expect(url.hash).toBe('');
        expect(written).not.toMatch(/[\s\p{Cc}\P{ASCII}]/u);
      }),
    );
  });
});

describe('an answer', () => {
  const NOW = Date.parse('2026-11-22T10:00:00Z');
  const answer = (status: number, headers: Record<string, string> = {}, body = ''): WireReply => ({
    kind: 'answer',
    status,
    headers,
    body,
    ms: 12,
  });
  const read = (reply: WireReply) => binom.read(reply, NOW);

  test.each([
    [200, 'accepted'],
    [204, 'accepted'],
    [299, 'accepted'],
    [301, 'refused'],
    [304, 'refused'],
    [400, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [410, 'refused'],
    [499, 'refused'],
    [408, 'not-counted'],
    [425, 'not-counted'],
    [429, 'not-counted'],
    [503, 'not-counted'],
    [500, 'unknown'],
    [502, 'unknown'],
    [504, 'unknown'],
    [522, 'unknown'],
    [999, 'unknown'],
  ])('%i is %s', (status, outcome) => {
    expect(read(answer(status))).toMatchObject({ outcome });
  });

  test.each([
    ['never-connected', 'not-counted', 'could not connect: refused'],
    ['no-answer', 'unknown', 'no answer: refused'],
    ['forbidden-address', 'not-counted', 'not called: refused'],
  ] as const)('that is %s is %s', (kind, outcome, reason) => {
    expect(read({ kind, reason: 'refused', ms: 3 })).toEqual({ outcome, reason, retryAfterMs: null });
  });

  test('tells when it wants to be asked again, at most six hours away', () => {
    expect(read(answer(429, { 'retry-after': '120' }))).toMatchObject({ retryAfterMs: 120_000 });
    expect(read(answer(503, { 'retry-after': 'Sun, 22 Nov 2026 10:01:00 GMT' }))).toMatchObject({
      retryAfterMs: 60_000,
    });
    expect(read(answer(503, { 'retry-after': '999999' }))).toMatchObject({ retryAfterMs: 6 * 3_600_000 });
    expect(read(answer(502, { 'retry-after': '90' }))).toMatchObject({
      outcome: 'unknown',
      retryAfterMs: 90_000,
    });
    expect(read(answer(503, { 'retry-after': 'soon' }))).toMatchObject({ retryAfterMs: null });
  });

  test.each([
    ['text/html; charset=utf-8', '<!-- x -->\n<html lang="en">'],
    ['text/html', 'notice: x <!DOCTYPE html><p>'],
    ['text/plain', '\r\n <!doctype html>'],
    ['', '\uFEFF<html>'],
    ['', '<head><title>Welcome'],
  ])('of type %j that starts %j is a web page', (type, body) => {
    expect(read(answer(200, { 'content-type': type }, body))).toEqual({
      outcome: 'accepted',
      warning: expect.stringContaining('web page'),
    });
  });

  test.each([
    ['text/html; charset=utf-8', 'OK'],
    ['text/html', ''],
    ['application/json', '{"status":"ok"}'],
    ['image/gif', 'GIF89a'],
  ])('of type %j that holds %j is none', (type, body) => {
    expect(read(answer(200, { 'content-type': type }, body))).toEqual({ outcome: 'accepted', warning: null });
  });

  test.each([
    ['https://www.track.example/click.php?cnv_id=secret', 'to https://www.track.example:'],
    ['http://me:pw@other.example:8080/x', 'to http://other.example:8080:'],
    ['//other.example', 'to https://other.example:'],
    ['/login?from=secret', 'to another path:'],
    ['https:///', 'to another path:'],
    ['', 'to another path:'],
  ])('that redirects to %j names at most the host', (location, words) => {
    const read302 = read(answer(302, { location }));
    expect(read302).toMatchObject({ outcome: 'refused', reason: expect.stringContaining(words) });
    expect(JSON.stringify(read302)).not.toMatch(/secret|pw@/);
  });

  test('of refusal is told in words a person understands', () => {
    expect(read(answer(404))).toMatchObject({
      reason: expect.stringMatching(/^Binom said no \(404\): is the click path right/),
    });
    expect(read(answer(400))).toEqual({ outcome: 'refused', reason: 'Binom said no (400)' });
  });
});

describe('a notice', () => {
  const codes = (settings: Partial<ConnectionSettings>, report: Partial<Report>) =>
    binom.notices({ ...SETTINGS, ...settings }, { ...REPORT, ...report }).map(({ code }) => code);

  test.each(['EUR', 'USD', 'JPY', 'KRW', 'HUF', 'EGP'])('is not raised for %s', (currency) => {
    expect(codes({}, { currency })).toEqual([]);
  });

  test.each(['KWD', 'BHD', 'AED', 'TWD', 'COP', 'GEL'])(
    'is raised for %s, which is not on the list Binom is known to offer',
    (currency) => {
      expect(codes({}, { currency })).toEqual(['currency-not-listed']);
      expect(binom.notices(SETTINGS, { ...REPORT, currency })[0]?.detail).toContain(currency);
    },
  );

  test.each(['3', 'Trash', ' rejected '])('is raised for payments with the status %j', (status) => {
    expect(codes({ conversionType: status }, { status })).toEqual(['status-rejects']);
    expect(codes({ statuses: { ...SETTINGS.statuses, rebill: status } }, { status })).toEqual([
      'status-rejects',
    ]);
  });

  test('is not raised for a refund that is meant as a rejection', () => {
    expect(codes({ statuses: { ...SETTINGS.statuses, refunded: '3' } }, { status: '3' })).toEqual([]);
  });
});
