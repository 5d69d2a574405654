import { expect, test } from 'vitest';
import { datePreset } from './date-preset.ts';

const NOW = Date.UTC(2026, 10, 22, 15, 30);
const midnight = (day: number) => Date.UTC(2026, 10, day);

test.each([
  ['all_time', 0, Infinity],
  ['today', midnight(22), Infinity],
  ['yesterday', midnight(21), midnight(22)],
  ['last_7_days', midnight(16), Infinity],
  ['last_30_days', midnight(-7), Infinity],
])('%s begins and ends where it says', (name, from, until) => {
  expect(datePreset(name, NOW)).toEqual({ from, until });
});

test('an unknown preset is no period', () => {
  expect(datePreset('fortnight', NOW)).toBeUndefined();
});
