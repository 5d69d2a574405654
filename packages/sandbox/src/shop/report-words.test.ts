import { expect, test } from 'vitest';
import { reportWords } from './report-words.ts';

test('a stored order says which click earned it and what Binom is told', () => {
  const answer = { clickId: 'abc', via: 'order.url', postback: { state: 'due' } };
  expect(reportWords({ state: 'stored', tries: 1, answer })).toEqual([
    'The collector stored this order (one try).',
    'The click abc earned it (found by order.url).',
    'The postback to Binom is waiting to leave.',
  ]);
});

test('an order without a click says why Binom is told nothing', () => {
  const answer = { clickId: null, reason: 'no-click', postback: null };
  expect(reportWords({ state: 'stored', tries: 2, answer })).toEqual([
    'The collector stored this order (2 tries).',
    'It found no click behind it (no-click).',
    'Binom is told nothing.',
  ]);
});

test('a skipped postback says its reason, and a state of tomorrow is named as it is', () => {
  const words = (postback: { state: string; reason?: string }) =>
    reportWords({ state: 'stored', tries: 1, answer: { clickId: 'abc', postback } }).at(-1);
  expect(words({ state: 'skipped', reason: 'no-tracker' })).toBe(
    'Binom is told nothing, because: no-tracker.',
  );
  expect(words({ state: 'resting' })).toBe('The postback is resting.');
});

test('an order that did not get through says that the shop keeps it', () => {
  const detail = 'connect ECONNREFUSED';
  for (const state of ['refused', 'unreached'] as const) {
    const words = reportWords({ state, tries: 3, detail }).join(' ');
    expect(words).toContain(detail);
    expect(words).toContain('The shop keeps the order');
  }
});
