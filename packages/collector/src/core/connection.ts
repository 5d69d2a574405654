/** A shop's connection to an ad tracker: its settings, and how the tracker has been answering. */

import type { Outcome } from './outcome.ts';

/** What the tracker does with a second postback for one click; null where nobody has said. */
export type Repeats = 'adds' | 'replaces' | null;

/** News other than a payment, which is sent only where the operator gave it a status. */
export type CorrectionPurpose = 'pending' | 'refunded' | 'cancelled' | 'disputed';

export interface ConnectionSettings {
  /** Host, optionally `:port`. */
  readonly trackingDomain: string;
  /** `http` only for hosts the environment allows by name. */
  readonly scheme: 'https' | 'http';
  /** `/click.php`; Binom v2 documents `/click`. */
  readonly clickPath: string;
  /** The status text of a payment. */
  readonly conversionType: string;
  /** Decimal text reported for every order instead of its amount. */
  readonly fixedPayout: string | null;
  readonly fixedPayoutCurrency: string | null;
  /** Decimal text: the share of the amount that is reported, in percent. */
  readonly payoutPercent: string | null;
  readonly repeats: Repeats;
  readonly statuses: Readonly<Record<CorrectionPurpose | 'rebill', string | null>>;
  /** Appended to every postback; values may hold `{order_id}` and `{kind}`. */
  readonly extraParams: Readonly<Record<string, string>>;
  /** False holds what is due. */
  readonly enabled: boolean;
  /** How many postbacks may be in flight at once. */
  readonly inFlight: number;
}

/** The settings nobody has stated. There is no default for where a tracker is. */
export const DEFAULT_CONNECTION_SETTINGS: Omit<ConnectionSettings, 'trackingDomain' | 'scheme'> = {
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
};

/** How the tracker has been answering. Kept in the ledger, so that every collector knows it. */
export interface Health {
  /** Attempts in a row that found nobody able to answer. */
  readonly failures: number;
  /** Until then nothing is sent but one probe; null when the breaker is closed. Epoch ms. */
  readonly openUntil: number | null;
  /** The wait of the last opening, ms; doubled by a probe that fails. */
  readonly openFor: number;
  /** Set after five refusals in a row for different clicks; a person, a test or new settings clear it. */
  readonly pausedAt: number | null;
  readonly pauseReason: string | null;
  /** Clicks refused since the last acceptance. */
  readonly refusedClicks: readonly string[];
}

export const HEALTHY: Health = {
  failures: 0,
  openUntil: null,
  openFor: 0,
  pausedAt: null,
  pauseReason: null,
  refusedClicks: [],
};

export interface Connection {
  readonly shop: string;
  /** Which tracker of the catalogue: `binom`. */
  readonly tracker: string;
  readonly settings: ConnectionSettings;
  readonly health: Health;
}

const BREAKER_FAILURES = 5;
const BREAKER_FIRST = 30_000;
const BREAKER_LONGEST = 600_000;
const REFUSALS_TO_PAUSE = 5;

/** What one answer says about the tracker rather than about the postback. */
export type Sign =
  | { readonly sign: 'works' }
  | { readonly sign: 'fails' }
  | { readonly sign: 'refuses'; readonly clickId: string; readonly reason: string };

/** What the end of an attempt says about the tracker. */
export function signOf(outcome: Outcome, clickId: string): Sign {
  switch (outcome.outcome) {
    case 'accepted':
      return { sign: 'works' };
    case 'not-counted':
    case 'unknown':
      return { sign: 'fails' };
    case 'refused':
      return { sign: 'refuses', clickId, reason: outcome.reason };
  }
}

/** Whether the breaker holds everything back now. */
export function waitsForTracker(health: Health, now: number): boolean {
  return health.openUntil !== null && now < health.openUntil;
}

/** The health after one more answer. */
export function afterSign(health: Health, sign: Sign, now: number): Health {
  switch (sign.sign) {
    case 'works':
      return { ...health, failures: 0, openUntil: null, openFor: 0, refusedClicks: [] };
    case 'fails':
      return afterFailure(health, now);
    case 'refuses':
      return afterRefusal(health, sign, now);
  }
}

function afterFailure(health: Health, now: number): Health {
  const failures = health.failures + 1;
  const isProbe = health.openUntil !== null;
  if (failures < BREAKER_FAILURES && !isProbe) return { ...health, failures };
  if (isProbe && health.openUntil > now) return { ...health, failures };
  const openFor = health.openFor === 0 ? BREAKER_FIRST : Math.min(health.openFor * 2, BREAKER_LONGEST);
  return { ...health, failures, openFor, openUntil: now + openFor };
}

/** Somebody answers, so the breaker closes; but a row of refusals for different clicks means a wrong setting. */
function afterRefusal(health: Health, refusal: { clickId: string; reason: string }, now: number): Health {
  const refusedClicks = [...new Set([...health.refusedClicks, refusal.clickId])];
  const answering = { ...health, failures: 0, openUntil: null, openFor: 0, refusedClicks };
  if (refusedClicks.length < REFUSALS_TO_PAUSE || health.pausedAt !== null) return answering;
  return { ...answering, pausedAt: now, pauseReason: refusal.reason };
}
