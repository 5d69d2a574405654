import { expect, test } from 'vitest';
import { readOrderAnswer } from './order-answer.ts';

test('an attributed order names its click and the state of the postback', () => {
  const body = {
    attribution: { click_id: 'abc', via: 'order.click_id' },
    postback: { id: '7', state: 'due' },
  };
  expect(readOrderAnswer(body)).toEqual({
    clickId: 'abc',
    via: 'order.click_id',
    postback: { state: 'due' },
  });
});

test('an order without a click names the reason', () => {
  const body = { attribution: { click_id: null, reason: 'no-click' }, postback: null };
  expect(readOrderAnswer(body)).toEqual({ clickId: null, reason: 'no-click', postback: null });
});

test.each([undefined, null, 'OK', {}, { attribution: null }, { attribution: { click_id: 7 } }])(
  '%j is no answer of a collector',
  (body) => {
    expect(readOrderAnswer(body)).toBeUndefined();
  },
);
