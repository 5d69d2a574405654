// One plain example of everything core speaks of; a test names only what it is about.
import type { Account, PlanTerms } from '../../src/core/account.ts';
import { type ConnectionSettings, DEFAULT_CONNECTION_SETTINGS } from '../../src/core/connection.ts';
import type { Order, OrderNews } from '../../src/core/order.ts';
import type { Postback, Report } from '../../src/core/postback.ts';
import type { RetryPolicy } from '../../src/core/retry.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const NOW = Date.UTC(2026, 10, 22, 10);
export const CLICK = '81e60haa86o0b7';
export const OTHER_CLICK = 'd86dhegxbl9ad';

/** The schedule of the contract. */
export const POLICY: RetryPolicy = {
  schedule: [
    ...[0, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE],
    ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR],
  ],
  uncertainWait: MINUTE,
};

/** Halfway: waits are exactly what the schedule says. */
export const NO_JITTER = 0.5;

export function newsOf(given: Partial<OrderNews> = {}): OrderNews {
  return {
    ...{ shop: 'main', orderId: '1001', source: 'api', status: 'paid', amount: 4990n, refunded: null },
    ...{ currency: 'EUR', kind: null, test: false, placedAt: null, occurredAt: null, receivedAt: NOW },
    ...{ found: [], visitorIds: [], joinKeys: [], customerId: null, subscriptionId: null },
    ...given,
  };
}

export function orderOf(given: Partial<Order> = {}): Order {
  const status = given.status ?? 'paid';
  return {
    ...{ shop: 'main', orderId: '1001', status, amount: 4990n, refunded: 0n, currency: 'EUR', kind: 'sale' },
    ...{ test: false, placedAt: NOW, placedBy: 'receipt', changedAt: NOW, createdAt: NOW },
    ...{ everPaid: status !== 'pending', found: [], visitorIds: [], joinKeys: [] },
    ...{ customerId: null, subscriptionId: null, attached: null, frozen: false, reported: false },
    verdict: { clickId: CLICK, via: 'order.click_id', reason: null, candidates: [] },
    ...given,
  };
}

export function settingsOf(given: Partial<ConnectionSettings> = {}): ConnectionSettings {
  return {
    ...DEFAULT_CONNECTION_SETTINGS,
    trackingDomain: 'track.example',
    scheme: 'https',
    ...given,
  };
}

export function statusesOf(given: Partial<ConnectionSettings['statuses']>): ConnectionSettings['statuses'] {
  return { ...DEFAULT_CONNECTION_SETTINGS.statuses, ...given };
}

export function reportedOf(given: Partial<Report> = {}): Report {
  return {
    ...{ clickId: CLICK, payout: '49.90', currency: 'EUR', status: '1', correction: false, isZero: false },
    ...{ amount: 4990n, orderId: '1001', kind: 'sale', orderIds: ['1001'] },
    ...given,
  };
}

export function postbackOf(given: Partial<Postback> = {}): Postback {
  return {
    ...{ id: 'p1', shop: 'main', tracker: 'binom', clickId: CLICK, orderId: '1001', purpose: 'paid' },
    ...{ revision: 1, state: 'due', reason: null, wanted: 1, sent: 0, wantedKey: '', attempts: 0 },
    ...{ mayHaveCounted: false, reported: null, dueAt: NOW, notBefore: 0, token: null, leaseUntil: null },
    ...{ createdAt: NOW, updatedAt: NOW },
    ...given,
  };
}

export function accountOf(given: Partial<Account> = {}): Account {
  return {
    ...{ shop: 'main', tracker: 'binom', clickId: CLICK, repeats: null, testOrders: 'skip' },
    settings: settingsOf({ repeats: given.repeats ?? null }),
    orders: [],
    postbacks: [],
    ...given,
  };
}

/** Terms of a plan with ids `n1`, `n2`, … */
export function termsAt(now = NOW): PlanTerms {
  let made = 0;
  return { now, newId: () => `n${(made += 1)}` };
}
