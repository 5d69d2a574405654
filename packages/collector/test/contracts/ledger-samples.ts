/** What the ledger's contract is tried with: plain values with a shop, a click and an order that mean nothing special. */
import { afterEach, beforeEach } from 'vitest';
import type { Click } from '../../src/core/click.ts';
import type { ConnectionSettings } from '../../src/core/connection.ts';
import type { OrderNews } from '../../src/core/order.ts';
import type { Claim, ClaimAsk, Ledger, OrderReceived, SettleAsk } from '../../src/core/ports.ts';

export type OpenLedger = () => Promise<Ledger>;

export const NOW = Date.UTC(2026, 10, 22, 10);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

export const POLICY = { schedule: [0, 5 * SECOND, 30 * SECOND, 120 * SECOND], uncertainWait: MINUTE };
export const BY = { actor: 'a test', now: NOW };

/** A fresh ledger for every test, closed after it. */
export function freshLedger(open: OpenLedger): () => Ledger {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await open();
  });
  afterEach(() => ledger.close());
  return () => ledger;
}

let beacons = 0;

/** A beacon of its own id, made a minute ago by visitor `v-1`. */
export function click(over: Partial<Click> = {}): Click {
  beacons += 1;
  return {
    shop: 'main',
    beaconId: `beacon-${beacons}`,
    clickId: 'click-1',
    via: 'clickid',
    visitorId: 'v-1',
    joinKey: null,
    url: 'https://lander.example/p',
    ref: null,
    clickedAt: NOW - MINUTE,
    receivedAt: NOW - MINUTE,
    ...over,
  };
}

/** Order 1001, paid with 49.90 EUR, without any hint at a click. */
export function news(over: Partial<OrderNews> = {}): OrderNews {
  return {
    shop: 'main',
    orderId: '1001',
    source: 'api',
    status: 'paid',
    amount: 4990n,
    refunded: null,
    currency: 'EUR',
    kind: null,
    test: false,
    placedAt: null,
    occurredAt: null,
    receivedAt: NOW,
    found: [],
    visitorIds: [],
    joinKeys: [],
    customerId: null,
    subscriptionId: null,
    ...over,
  };
}

/** The same order, and the shop names its click. */
export function newsOf(clickId: string, over: Partial<OrderNews> = {}): OrderNews {
  return news({ found: [{ via: 'order.click_id', value: clickId }], ...over });
}

export function connectionSettings(over: Partial<ConnectionSettings> = {}): ConnectionSettings {
  return {
    trackingDomain: 'track.example',
    scheme: 'https',
    clickPath: '/click.php',
    conversionType: '1',
    fixedPayout: null,
    fixedPayoutCurrency: null,
    payoutPercent: null,
    repeats: null,
    statuses: { pending: null, refunded: null, cancelled: null, disputed: null, rebill: null },
    extraParams: {},
    enabled: true,
    inFlight: 16,
    ...over,
  };
}

/** Connects a shop to its tracker. */
export async function connect(ledger: Ledger, over: Partial<ConnectionSettings> = {}, shop = 'main') {
  return ledger.saveConnection({ ...BY, shop, tracker: 'binom', settings: connectionSettings(over) });
}

export function asking(over: Partial<ClaimAsk> = {}): ClaimAsk {
  return { now: NOW, limit: 100, leaseMs: MINUTE, policy: POLICY, random: 0.5, ...over };
}

export async function claim(ledger: Ledger, over: Partial<ClaimAsk> = {}): Promise<readonly Claim[]> {
  return (await ledger.claimDue(asking(over))).claims;
}

export const ACCEPTED = { outcome: 'accepted', warning: null } as const;
export const REFUSED = { outcome: 'refused', reason: 'HTTP 404' } as const;
export const NOT_COUNTED = { outcome: 'not-counted', reason: 'refused', retryAfterMs: null } as const;
export const UNKNOWN = { outcome: 'unknown', reason: 'no answer', retryAfterMs: null } as const;

export function settling(held: Claim, over: Partial<SettleAsk> = {}): SettleAsk {
  return {
    shop: held.shop,
    postbackId: held.postbackId,
    token: held.token,
    outcome: ACCEPTED,
    sent: { url: 'https://track.example/click.php?cnv_id=click-1', status: 200, body: 'ok', ms: 12 },
    notices: [],
    policy: POLICY,
    now: NOW,
    random: 0.5,
    ...over,
  };
}

/** The order as an answer told it; fails where it was not stored. */
export function stored(received: OrderReceived) {
  if (received.outcome !== 'stored') throw new Error(`the order was not stored: ${received.outcome}`);
  return received;
}
