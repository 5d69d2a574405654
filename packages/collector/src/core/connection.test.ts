import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE, NOW, SECOND } from '../../test/support/samples.ts';
import { afterSign, type Health, HEALTHY, type Sign, signOf, waitsForTracker } from './connection.ts';

const WORKS: Sign = { sign: 'works' };
const FAILS: Sign = { sign: 'fails' };
const refuses = (clickId: string): Sign => ({ sign: 'refuses', clickId, reason: 'Binom said 403' });

function after(signs: readonly Sign[], health = HEALTHY, now = NOW): Health {
  return signs.reduce((state, sign) => afterSign(state, sign, now), health);
}

const failures = (count: number): Sign[] => Array.from({ length: count }, () => FAILS);
const OPEN = after(failures(5));

/** The health after one failed probe after another, each at the moment its waiting is over. */
function probed(times: number): Health {
  let health = OPEN;
  for (let probe = 0; probe < times; probe += 1) health = afterSign(health, FAILS, health.openUntil!);
  return health;
}

describe('the end of an attempt', () => {
  test.each([
    [{ outcome: 'accepted', warning: null }, WORKS],
    [{ outcome: 'not-counted', reason: 'refused', retryAfterMs: null }, FAILS],
    [{ outcome: 'unknown', reason: 'time-out', retryAfterMs: null }, FAILS],
    [{ outcome: 'refused', reason: 'Binom said 403' }, refuses('a')],
  ] as const)('%j is a sign of the tracker', (outcome, sign) => {
    expect(signOf(outcome, 'a')).toEqual(sign);
  });
});

describe('the breaker', () => {
  test('stays closed for four failures in a row', () => {
    expect(after(failures(4))).toMatchObject({ failures: 4, openUntil: null });
  });

  test('opens for 30 s at the fifth', () => {
    expect(OPEN).toMatchObject({ failures: 5, openUntil: NOW + 30 * SECOND });
    expect(waitsForTracker(OPEN, NOW + 30 * SECOND - 1)).toBe(true);
    expect(waitsForTracker(OPEN, NOW + 30 * SECOND)).toBe(false);
    expect(waitsForTracker(HEALTHY, NOW)).toBe(false);
  });

  test('counts only failures in a row', () => {
    expect(after([...failures(4), WORKS, ...failures(4)])).toMatchObject({ failures: 4, openUntil: null });
  });

  test('does not open for longer by what was still on its way when it opened', () => {
    expect(after(failures(9))).toMatchObject({ openUntil: OPEN.openUntil, openFor: OPEN.openFor });
  });

  test('opens twice as long after each probe that fails, up to 10 minutes', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6].map((times) => probed(times).openFor);
    expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600].map((seconds) => seconds * SECOND));
    expect(probed(1).openUntil).toBe(NOW + 30 * SECOND + MINUTE);
  });

  test('closes when a probe succeeds, and begins anew at 30 s the next time', () => {
    const closed = after([WORKS], probed(3));
    expect(closed).toEqual(HEALTHY);
    expect(after(failures(5), closed).openFor).toBe(30 * SECOND);
  });

  test('closes when somebody refuses: somebody is there', () => {
    expect(after([refuses('a')], OPEN)).toMatchObject({ failures: 0, openUntil: null, openFor: 0 });
  });
});

describe('refusals', () => {
  const five = ['a', 'b', 'c', 'd', 'e'].map(refuses);

  test('of five different clicks in a row pause the tracker, with the reason', () => {
    expect(after(five.slice(0, 4)).pausedAt).toBeNull();
    expect(after(five)).toMatchObject({ pausedAt: NOW, pauseReason: 'Binom said 403' });
  });

  test('of one click, however many, do not', () => {
    expect(after([...five.slice(0, 4), ...five.slice(0, 4), ...five.slice(0, 4)]).pausedAt).toBeNull();
  });

  test('with an acceptance between them do not', () => {
    expect(after([...five.slice(0, 4), WORKS, ...five.slice(1)]).pausedAt).toBeNull();
  });

  test('with failures between them do', () => {
    expect(after(five.flatMap((each) => [each, FAILS])).pausedAt).toBe(NOW);
  });

  test('keep the first moment of a pause', () => {
    const paused = after(five);
    expect(afterSign(paused, refuses('f'), NOW + MINUTE)).toMatchObject({ pausedAt: NOW });
    expect(afterSign(paused, WORKS, NOW + MINUTE)).toMatchObject({ pausedAt: NOW });
  });
});

describe('any health', () => {
  test('is kept back only within ten minutes, and only after five failures', () => {
    const sign = fc.oneof(
      fc.constant(WORKS),
      fc.constant(FAILS),
      fc.constantFrom('a', 'b', 'c').map(refuses),
    );
    const steps = fc.array(fc.tuple(sign, fc.nat({ max: 20 * MINUTE })), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (all) => {
        let health = HEALTHY;
        let now = NOW;
        for (const [each, wait] of all) {
          now += wait;
          health = afterSign(health, each, now);
          expect((health.openUntil ?? now) - now).toBeLessThanOrEqual(10 * MINUTE);
          if (health.openUntil !== null) expect(health.failures).toBeGreaterThanOrEqual(5);
          expect(health.pausedAt).toBeNull();
        }
      }),
    );
  });
});
