// The model test as a suite that any ledger can be put through.
import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { Ledger } from '../../src/core/ports.ts';
import { Expectations } from './expectations.ts';
import { type Case, cases, withSaying } from './steps.ts';
import { type Mode, World } from './world.ts';

type Named = Mode & { readonly words: string };

const STATED: readonly Named[] = [
  { words: 'a payout replaces the one before', repeats: 'replaces', upsell: false },
  { words: 'payouts add up', repeats: 'adds', upsell: true },
  { words: 'nobody has said, and payouts add up', repeats: null, upsell: true },
  { words: 'nobody has said, and a payout replaces the one before', repeats: null, upsell: false },
];

const STATED_LATE: readonly Named[] = [
  { words: 'a payout replaces the one before', repeats: null, later: 'replaces', upsell: false },
  { words: 'payouts add up', repeats: null, later: 'adds', upsell: true },
];

/** In one currency: which of two a click is counted in, when each was told alone before, is nobody's to say. */
const statedSomeTime = fc.tuple(cases, fc.nat({ max: 40 })).map(([terms, at]): Case => ({
  ...terms,
  orders: terms.orders.map((order) => ({ ...order, currency: 'EUR' })),
  steps: withSaying(terms.steps, at),
}));

export interface Effort {
  /** Cases for each way a tracker may count. */
  readonly runs: number;
  /** As a failure printed it: the same cases again. */
  readonly seed: number | undefined;
}

/** `open` gives a ledger with nothing in it. A failure prints the case, shrunk, and the seed that leads to it. */
export function describeModel(name: string, open: () => Promise<Ledger>, { runs, seed }: Effort): void {
  const patience = runs * 200 + 10_000;
  const holds = (terms: fc.Arbitrary<Case>, mode: Mode) =>
    fc.assert(
      fc.asyncProperty(terms, (each) => play(each, mode, open)),
      { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
    );

  describe(`on ${name}, Binom shows what the orders of a click are worth`, () => {
    test.each(STATED)('where $words', (mode) => holds(cases, mode), patience);
    test.each(STATED_LATE)(
      'and it is said late that $words',
      (mode) => holds(statedSomeTime, mode),
      patience,
    );
  });
}

async function play(terms: Case, mode: Mode, open: () => Promise<Ledger>): Promise<void> {
  const ledger = await open();
  try {
    const world = new World(terms, mode, ledger);
    const expectations = new Expectations(world);
    world.onClaim = (claim) => expectations.atClaim(claim);
    await world.start();
    for (const step of terms.steps) {
      await world.take(step);
      await expectations.afterStep();
    }
    await world.drain();
    await expectations.afterStep();
    await expectations.atTheEnd();
  } finally {
    await ledger.close();
  }
}
