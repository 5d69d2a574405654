// The moments at which a collector may die with an order in its hands, and what the design promises of each.
import type { Mode } from './mode.ts';

/** How far things had come: rows of the ledger, and requests the tracker saw. */
export interface Standing {
  readonly orders: number;
  readonly attempts: number;
  readonly requests: number;
}

export interface Ending {
  readonly state: 'accepted' | 'uncertain';
  readonly attempts: number;
  readonly requests: number;
}

export interface KillPoint {
  readonly name: string;
  readonly moment: string;
  readonly atDeath: Standing;
  /** Once it lives again, and the shop has sent the order again if it had no answer. */
  readonly afterwards: (mode: Mode) => Ending;
}

/** Killed from outside, by the tracker's side; the other points are in kill-points.ts. */
export const KILLED_BY_THE_TRACKER = 'after-write';

const asIfNothing = (): Ending => ({ state: 'accepted', attempts: 1, requests: 1 });

/** Nobody knows whether it counted: where a repeat adds money a person decides, else it is sent again. */
const unknownOutcome =
  (requestsBefore: number) =>
  (mode: Mode): Ending =>
    mode === 'adds'
      ? { state: 'uncertain', attempts: 1, requests: requestsBefore }
      : { state: 'accepted', attempts: 2, requests: requestsBefore + 1 };

export const KILL_POINTS: readonly KillPoint[] = [
  {
    name: 'order-before-commit',
    moment: 'the order is written, not committed',
    atDeath: { orders: 0, attempts: 0, requests: 0 },
    afterwards: asIfNothing,
  },
  {
    name: 'order-after-commit',
    moment: 'the order is committed, not answered',
    atDeath: { orders: 1, attempts: 0, requests: 0 },
    afterwards: asIfNothing,
  },
  {
    name: 'claim-before-commit',
    moment: 'the attempt is written, not committed',
    atDeath: { orders: 1, attempts: 0, requests: 0 },
    afterwards: asIfNothing,
  },
  {
    name: 'before-send',
    moment: 'the attempt is committed, not sent',
    atDeath: { orders: 1, attempts: 1, requests: 0 },
    afterwards: unknownOutcome(0),
  },
  {
    name: KILLED_BY_THE_TRACKER,
    moment: 'the request is at the tracker, not answered',
    atDeath: { orders: 1, attempts: 1, requests: 1 },
    afterwards: unknownOutcome(1),
  },
  {
    name: 'after-answer',
    moment: 'the answer is read, not settled',
    atDeath: { orders: 1, attempts: 1, requests: 1 },
    afterwards: unknownOutcome(1),
  },
  {
    name: 'settle-before-commit',
    moment: 'the outcome is written, not committed',
    atDeath: { orders: 1, attempts: 1, requests: 1 },
    afterwards: unknownOutcome(1),
  },
];
