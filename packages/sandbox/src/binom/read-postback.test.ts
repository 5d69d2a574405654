import { expect, test } from 'vitest';
import { readPostback } from './read-postback.ts';

const read = (query: string) => readPostback(new URLSearchParams(query));

test('every documented parameter is understood', () => {
  const url =
    'cnv_id=abc&payout=49.90&cnv_status=1&cnv_status2=new&cnv_currency=EUR&disable_postback=1' +
    '&event1=5&event30=-2.5&add_event2=1&to_offer=1&order=1001';
  expect(read(url)).toEqual({
    postback: {
      clickId: 'abc',
      payout: '49.90',
      status: '1',
      status2: 'new',
      currency: 'EUR',
      quiet: true,
      events: { event1: '5', event30: '-2.5' },
      addEvents: { event2: '1' },
      tokens: { order: '1001' },
    },
  });
});

test('empty values count as left out', () => {
  expect(read('cnv_id=abc&payout=&cnv_status=&cnv_currency=')).toEqual({
    postback: { clickId: 'abc', quiet: false, events: {}, addEvents: {}, tokens: {} },
  });
});

test('events hold numbers, from 1 to 30', () => {
  const found = read('cnv_id=abc&event0=1&event31=1&event2=text&event3=7');
  expect(found).toMatchObject({ postback: { events: { event3: '7' } } });
});

test('a postback without a click id is a problem', () => {
  expect(read('cnv_id=&payout=1')).toEqual({ problem: 'cnv_id is empty' });
});

test.each(['1,5', '1e6', '-5', 'abc', '5 EUR'])('the payout %j is a problem', (payout) => {
  expect(read(`cnv_id=abc&payout=${encodeURIComponent(payout)}`)).toEqual({
    problem: 'payout is not a number',
  });
});

test('a parameter named like an object part does no harm', () => {
  const found = read('cnv_id=abc&__proto__=x&constructor=y');
  expect('postback' in found && Object.keys(found.postback.tokens ?? {})).toEqual([
    '__proto__',
    'constructor',
  ]);
});
