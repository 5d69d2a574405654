// What may happen in a case of the model test, as plain data: it shrinks well and prints itself.
import fc from 'fast-check';
import type { ConnectionSettings } from '../../src/core/connection.ts';
import type { OrderStatus } from '../../src/core/order.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../support/samples.ts';

/** How Binom, or the way to it, meets one attempt. `counted` tells whether Binom took the postback all the same. */
export const ANSWERS = [
  'ok',
  'busy',
  'busy-for-an-hour',
  'connection-refused',
  'error-counted',
  'error',
  'silence-counted',
  'silence',
  'forbidden',
] as const;
export type Answer = (typeof ANSWERS)[number];

export type Statuses = ConnectionSettings['statuses'];

export type Step =
  | {
      readonly do: 'hear';
      readonly order: number;
      readonly status: OrderStatus;
      readonly price: number;
      readonly refund: number;
      /** How many minutes ago it happened by the shop's own clock; null where the shop does not say. */
      readonly ago: number | null;
    }
  /** News heard before, once more. */
  | { readonly do: 'hear-again'; readonly order: number; readonly nth: number }
  /** The order's own beacon. */
  | { readonly do: 'beacon'; readonly order: number }
  /** Weaker or newer evidence for another click. */
  | { readonly do: 'stray'; readonly order: number; readonly click: number }
  | { readonly do: 'claim'; readonly limit: number }
  | { readonly do: 'send'; readonly nth: number; readonly answer: Answer }
  | { readonly do: 'settle'; readonly nth: number }
  /** After a while, a claim, its request and its result in one go. */
  | { readonly do: 'deliver'; readonly after: number; readonly answer: Answer }
  | { readonly do: 'give-back'; readonly nth: number }
  | { readonly do: 'resolve'; readonly nth: number }
  | { readonly do: 'replay'; readonly nth: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'settings'; readonly statuses: Statuses; readonly enabled: boolean }
  /** It is said what this Binom does with a repeat, if nobody had said it yet. */
  | { readonly do: 'say' };

export interface OrderTerms {
  readonly click: number;
  /** What links it to its click. */
  readonly by: 'click_id' | 'visitor' | 'join_key' | 'subscription';
  readonly currency: 'EUR' | 'USD';
  readonly test: boolean;
}

export interface Case {
  readonly clicks: number;
  readonly orders: readonly OrderTerms[];
  readonly statuses: Statuses;
  readonly fixedPayout: string | null;
  readonly inFlight: number;
  readonly steps: readonly Step[];
}

const order = fc.nat({ max: 3 });
const nth = fc.nat({ max: 5 });
const answer = fc.oneof(
  { weight: 3, arbitrary: fc.constant('ok' as const) },
  { weight: 4, arbitrary: fc.constantFrom(...ANSWERS) },
);

const status = (text: string) => fc.option(fc.constant(text), { freq: 2 });
const statuses: fc.Arbitrary<Statuses> = fc.record({
  pending: status('lead'),
  refunded: status('refund'),
  cancelled: status('cancel'),
  disputed: status('dispute'),
  rebill: status('rebill'),
});

const lateStatus = fc.constantFrom<OrderStatus[]>(
  'pending',
  'partially_refunded',
  'refunded',
  'cancelled',
  'disputed',
);
const orderStatus = fc.oneof(fc.constant<OrderStatus>('paid'), lateStatus);

const hear = fc.record({
  do: fc.constant('hear' as const),
  order,
  status: orderStatus,
  price: fc.constantFrom(0, 0, 0, 1, 2),
  refund: fc.constantFrom(0, 0, 1, 2, 3),
  ago: fc.oneof(fc.constant(null), fc.constant(0), fc.nat({ max: 30 })),
});
const rarely = <Value>(usual: Value, rare: Value) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(rare) });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: hear },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      after: fc.constantFrom(0, 0, 2 * MINUTE, 3 * HOUR),
      answer,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), nth, answer }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('settle' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('give-back' as const), nth }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(SECOND, 31 * SECOND, 61 * SECOND, 10 * MINUTE, 2 * HOUR, DAY),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hear-again' as const), order, nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('beacon' as const), order }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('stray' as const), order, click: fc.nat({ max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resolve' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('replay' as const), nth }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('settings' as const),
      statuses,
      enabled: fc.oneof(
        { weight: 3, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
    }),
  },
);

/** Steps among which, once, it is said what a repeat does. */
export const withSaying = (steps: readonly Step[], at: number): Step[] => [
  ...steps.slice(0, at),
  { do: 'say' },
  ...steps.slice(at),
];

const terms: fc.Arbitrary<OrderTerms> = fc.record({
  click: fc.nat({ max: 2 }),
  by: fc.constantFrom('click_id', 'visitor', 'join_key', 'subscription'),
  currency: rarely<'EUR' | 'USD'>('EUR', 'USD'),
  test: rarely(false, true),
});

export const cases: fc.Arbitrary<Case> = fc.record({
  clicks: fc.constantFrom(1, 1, 2, 3),
  orders: fc.oneof(
    fc.array(terms, { minLength: 1, maxLength: 1 }),
    fc.array(terms, { minLength: 2, maxLength: 2 }),
    fc.array(terms, { minLength: 3, maxLength: 4 }),
  ),
  statuses,
  fixedPayout: fc.option(fc.constant('5.00'), { freq: 4 }),
  inFlight: fc.constantFrom(1, 2, 16),
  steps: fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
});
