import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, NO_JITTER, NOW, POLICY, SECOND } from '../../test/support/samples.ts';
import { retryAfter, waitBefore } from './retry.ts';

describe('the wait before an attempt', () => {
  test('stands in the schedule, counted from the first attempt', () => {
    const waits = POLICY.schedule.map((_, index) => waitBefore(POLICY, index + 1, NO_JITTER));
    expect(waits).toEqual(POLICY.schedule);
  });

  test('is none after the last one: then it is over', () => {
    expect(waitBefore(POLICY, POLICY.schedule.length, 0)).not.toBeNull();
    expect(waitBefore(POLICY, POLICY.schedule.length + 1, 0)).toBeNull();
    expect(waitBefore({ schedule: [], uncertainWait: 0 }, 1, 0)).toBeNull();
  });

  test('is spread by a fifth both ways', () => {
    expect(waitBefore(POLICY, 4, 0)).toBe(96 * SECOND);
    expect(waitBefore(POLICY, 4, 1)).toBe(144 * SECOND);
  });

  test('stays within a fifth of the schedule, whatever chance says, and is whole milliseconds', () => {
    const attempt = fc.integer({ min: 1, max: POLICY.schedule.length });
    fc.assert(
      fc.property(attempt, fc.double({ min: 0, max: 1, noNaN: true }), (nth, random) => {
        const base = POLICY.schedule[nth - 1]!;
        const wait = waitBefore(POLICY, nth, random)!;
        expect(Number.isInteger(wait)).toBe(true);
        expect(Math.abs(wait - base)).toBeLessThanOrEqual(base / 5);
      }),
    );
  });
});

describe('a Retry-After header', () => {
  test.each([
    ['0', 0],
    ['7', 7 * SECOND],
    [' 120 ', 2 * MINUTE],
    ['21600', 6 * HOUR],
    ['21601', 6 * HOUR],
    ['999999999', 6 * HOUR],
    [new Date(NOW + 90 * SECOND).toUTCString(), 90 * SECOND],
    [new Date(NOW + 7 * HOUR).toUTCString(), 6 * HOUR],
    [new Date(NOW - HOUR).toUTCString(), 0],
  ])('%j asks for %i ms', (header, ms) => {
    expect(retryAfter(header, NOW)).toBe(ms);
  });

  test.each([undefined, '', 'soon', 'Infinity', 'NaN'])('%j asks for nothing', (header) => {
    expect(retryAfter(header, NOW)).toBeNull();
  });

  test('never asks for less than nothing or more than six hours', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^-?[\d.e]{1,12}$/)), (header) => {
        const ms = retryAfter(header, NOW) ?? 0;
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(6 * HOUR);
      }),
    );
  });
});
