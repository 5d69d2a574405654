import { expect, it } from 'vitest';
import { requestsToEnd } from './requests-to-end.ts';

it('the first request ends, its echo within a second means nothing, and any later one ends at once', () => {
  const told: string[] = [];
  const clock = { now: 5_000 };
  const hear = requestsToEnd({
    end: () => void told.push('end'),
    endAtOnce: () => void told.push('at once'),
    now: () => clock.now,
  });
  hear();
  for (const at of [5_000, 5_999]) {
    clock.now = at;
    hear();
  }
  expect(told).toEqual(['end']);
  clock.now = 6_000;
  hear();
  expect(told).toEqual(['end', 'at once']);
});
