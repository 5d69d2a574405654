import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  HOUR,
  MINUTE,
  NO_JITTER,
  NOW,
  POLICY,
  postbackOf,
  reportedOf,
  SECOND,
} from '../../test/support/samples.ts';
import type { Repeats } from './connection.ts';
import type { Outcome } from './outcome.ts';
import { giveBack, type Postback, settle } from './postback.ts';

const ACCEPTED: Outcome = { outcome: 'accepted', warning: null };
const REFUSED: Outcome = { outcome: 'refused', reason: 'Binom said 403' };
const DOWN: Outcome = { outcome: 'not-counted', reason: 'connection refused', retryAfterMs: null };
const SILENT: Outcome = { outcome: 'unknown', reason: 'no answer in 10 s', retryAfterMs: null };
const LAST = POLICY.schedule.length;

const MODES: readonly Repeats[] = [null, 'adds', 'replaces'];

/** A postback on its way, at its n-th attempt. */
function sending(given: Partial<Postback> = {}): Postback {
  return postbackOf({
    ...{ state: 'sending', attempts: 1, reported: reportedOf(), token: 't', leaseUntil: NOW + MINUTE },
    ...given,
  });
}

function ended(row: Postback, outcome: Outcome, repeats: Repeats = null): Postback {
  return settle(row, outcome, { repeats, policy: POLICY, now: NOW, random: NO_JITTER });
}

/** The row of a whole click, on its way with its n-th revision. */
const clickRow = (given: Partial<Postback> = {}) =>
  sending({ orderId: null, purpose: 'click', revision: 1, wanted: 1, ...given });

describe('any end of an attempt', () => {
  test.each([ACCEPTED, REFUSED, DOWN, SILENT])('ends the claim: $outcome', (outcome) => {
    expect(ended(sending(), outcome)).toMatchObject({ token: null, leaseUntil: null, updatedAt: NOW });
  });
});

describe('an accepted postback', () => {
  test('is done', () => {
    const row = sending({ attempts: 3, mayHaveCounted: true, reason: 'x', notBefore: NOW });
    expect(ended(row, ACCEPTED)).toMatchObject({
      ...{ state: 'accepted', reason: null, attempts: 3, mayHaveCounted: false, notBefore: 0 },
    });
  });

  test('of a whole click notes which revision the tracker knows', () => {
    expect(ended(clickRow({ revision: 4, wanted: 4, attempts: 2 }), ACCEPTED)).toMatchObject({
      ...{ state: 'accepted', sent: 4, attempts: 0 },
    });
  });

  test('of a whole click goes out again at once when more was wanted meanwhile', () => {
    expect(ended(clickRow({ revision: 1, wanted: 3, attempts: 2 }), ACCEPTED)).toMatchObject({
      ...{ state: 'due', dueAt: NOW, sent: 1, attempts: 0 },
    });
  });
});

describe('a refused postback', () => {
  test('is final, with the reason', () => {
    expect(ended(sending(), REFUSED)).toMatchObject({ state: 'refused', reason: 'Binom said 403' });
  });

  test('of a whole click goes out again when more was wanted meanwhile', () => {
    expect(ended(clickRow({ wanted: 2 }), REFUSED)).toMatchObject({ state: 'due', dueAt: NOW, sent: 0 });
  });
});

describe('an attempt that was not counted', () => {
  test.each(MODES)('is made again on the schedule (repeats: %s)', (repeats) => {
    POLICY.schedule.slice(1).forEach((wait, index) => {
      expect(ended(sending({ attempts: index + 1 }), DOWN, repeats)).toMatchObject({
        ...{ state: 'due', dueAt: NOW + wait, attempts: index + 1, mayHaveCounted: false },
      });
    });
  });

  test('waits at least as long as the tracker asked for', () => {
    const busy: Outcome = { ...DOWN, retryAfterMs: HOUR };
    expect(ended(sending(), busy)).toMatchObject({ dueAt: NOW + HOUR, notBefore: NOW + HOUR });
    expect(ended(sending({ attempts: LAST - 1 }), busy)).toMatchObject({ dueAt: NOW + 24 * HOUR });
  });

  test('may be made earlier when the tracker is back, but for what it asked for', () => {
    expect(ended(sending({ attempts: 5 }), DOWN).notBefore).toBe(NOW);
  });

  test('at the end of the schedule is abandoned', () => {
    expect(ended(sending({ attempts: LAST }), DOWN)).toMatchObject({
      state: 'abandoned',
      reason: 'connection refused',
    });
  });

  test('at the end of the schedule is uncertain where an earlier one may have counted', () => {
    expect(ended(sending({ attempts: LAST, mayHaveCounted: true }), DOWN).state).toBe('uncertain');
  });
});

describe('an attempt nobody knows the outcome of', () => {
  test('waits for a person where payouts add up', () => {
    expect(ended(sending(), SILENT, 'adds')).toMatchObject({
      ...{ state: 'uncertain', reason: 'no answer in 10 s', mayHaveCounted: true },
    });
  });

  test('is made again even there when it carries no money', () => {
    const row = sending({ reported: reportedOf({ isZero: true }) });
    expect(ended(row, SILENT, 'adds')).toMatchObject({ state: 'due', dueAt: NOW + MINUTE });
  });

  test.each([null, 'replaces'] as const)('is made again after a minute at least (repeats: %s)', (repeats) => {
    expect(ended(sending(), SILENT, repeats)).toMatchObject({
      ...{ state: 'due', dueAt: NOW + MINUTE, notBefore: NOW + MINUTE, mayHaveCounted: true },
    });
    expect(ended(sending({ attempts: 5 }), SILENT, repeats)).toMatchObject({
      ...{ dueAt: NOW + 30 * MINUTE, notBefore: NOW + MINUTE },
    });
  });

  test.each([null, 'replaces'] as const)(
    'at the end of the schedule is uncertain (repeats: %s)',
    (repeats) => {
      expect(ended(sending({ attempts: LAST }), SILENT, repeats).state).toBe('uncertain');
    },
  );
});

describe('the row of a click of which more was wanted while it was away', () => {
  test.each([DOWN, SILENT])(
    'begins the schedule anew after a failure ($outcome), the last included',
    (outcome) => {
      for (const attempts of [1, 5, LAST]) {
        const after = ended(clickRow({ wanted: 2, attempts }), outcome, 'replaces');
        expect(after).toMatchObject({ state: 'due', attempts: 0 });
        expect(after.dueAt).toBe(outcome === SILENT ? NOW + MINUTE : NOW);
      }
    },
  );

  test('still waits as long as the tracker asked for', () => {
    const busy: Outcome = { ...DOWN, retryAfterMs: HOUR };
    expect(ended(clickRow({ wanted: 2, attempts: LAST }), busy).dueAt).toBe(NOW + HOUR);
  });
});

describe('a claim given back', () => {
  test('is as if it had never been made', () => {
    const due = postbackOf({ attempts: 2, mayHaveCounted: true, dueAt: NOW, notBefore: NOW - SECOND });
    const claimed = { ...due, state: 'sending', attempts: 3, token: 't', leaseUntil: NOW + MINUTE } as const;
    expect(giveBack(claimed, NOW)).toEqual(due);
  });
});

describe('whatever happens', () => {
  test('a failure never brings the next attempt nearer than the least wait, nor loses the postback', () => {
    const failure = fc.record({
      outcome: fc.constantFrom('not-counted' as const, 'unknown' as const),
      reason: fc.constant('x'),
      retryAfterMs: fc.option(fc.nat({ max: 6 * HOUR })),
    });
    const attempts = fc.integer({ min: 1, max: LAST });
    const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    fc.assert(
      fc.property(
        failure,
        attempts,
        random,
        fc.constantFrom(...MODES),
        (outcome, nth, ...[chance, repeats]) => {
          const terms = { repeats, policy: POLICY, now: NOW, random: chance };
          const after = settle(sending({ attempts: nth }), outcome, terms);
          const least = Math.max(outcome.retryAfterMs ?? 0, outcome.outcome === 'unknown' ? MINUTE : 0);
          if (after.state === 'due') {
            expect(after.dueAt).toBeGreaterThanOrEqual(NOW + least);
            expect(after.notBefore).toBe(NOW + least);
          } else {
            expect(['uncertain', 'abandoned']).toContain(after.state);
            expect(after.state === 'uncertain').toBe(outcome.outcome === 'unknown');
          }
        },
      ),
    );
  });
});
