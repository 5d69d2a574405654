/** A postback we owe a tracker: its states, and what the outcome of an attempt makes of it. */
import type { Repeats } from './connection.ts';
import type { Outcome } from './outcome.ts';
import { waitBefore, type RetryPolicy } from './retry.ts';

/**
 * due → sending → accepted | refused | uncertain | abandoned; due again between attempts; skipped never left.
 * accepted: the tracker answered 2xx, which is not yet "counted". uncertain: it left and no usable answer came.
 */
export const POSTBACK_STATES = [
  'due',
  'sending',
  'accepted',
  'refused',
  'uncertain',
  'abandoned',
  'skipped',
] as const;
export type PostbackState = (typeof POSTBACK_STATES)[number];

/** What a postback tells: a payment, one correction, or (`click`) the running net total of its click. */
export type PostbackPurpose = 'paid' | 'pending' | 'refunded' | 'cancelled' | 'disputed' | 'click';

export const SKIP_REASONS = [
  'test-order',
  'no-tracker',
  'disconnected',
  'mixed-currency',
  'superseded',
  'pending-before-sending',
  'refunded-before-sending',
  'cancelled-before-sending',
  'disputed-before-sending',
  'erased',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What one attempt tells the tracker. Money is text as it stands in the URL; `amount` is what it was made from. */
export interface Report {
  readonly clickId: string;
  readonly payout: string;
  readonly currency: string;
  readonly status: string;
  /** After an accepted postback: must not count as another sale with the ad network. */
  readonly correction: boolean;
  /** Whether a repeat could add money. */
  readonly isZero: boolean;
  /** Order money behind the payout, in minor units of the order's currency. */
  readonly amount: bigint;
  readonly orderId: string;
  readonly kind: string;
  /** Every order this report speaks for. */
  readonly orderIds: readonly string[];
}

export interface Postback {
  readonly id: string;
  readonly shop: string;
  readonly tracker: string;
  readonly clickId: string;
  /** Null where the row speaks for its whole click. */
  readonly orderId: string | null;
  readonly purpose: PostbackPurpose;
  /** Counted from 1 per (order, purpose); for a whole click the revision last claimed. */
  readonly revision: number;
  readonly state: PostbackState;
  /** Why skipped, refused, uncertain or abandoned; null otherwise. */
  readonly reason: string | null;
  /** Only for a whole click: revisions asked for and accepted; and what is wanted, to know a change from a repeat. */
  readonly wanted: number;
  readonly sent: number;
  readonly wantedKey: string;
  /** Attempts on the present revision; a replay starts again at 0. */
  readonly attempts: number;
  /** Whether an attempt of the present revision left and nobody knows whether it counted. */
  readonly mayHaveCounted: boolean;
  /** What the last attempt told. */
  readonly reported: Report | null;
  /** When the next attempt is due; epoch ms. */
  readonly dueAt: number;
  /** The earliest moment a repeat is allowed at all (a least wait, or the tracker's own Retry-After). */
  readonly notBefore: number;
  /** While sending: who holds it, and until when. */
  readonly token: string | null;
  readonly leaseUntil: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface SettleTerms {
  readonly repeats: Repeats;
  readonly policy: RetryPolicy;
  readonly now: number;
  /** 0 ≤ random < 1, for the jitter. */
  readonly random: number;
}

/** The postback after an attempt. Plans made meanwhile (a raised revision) are looked at afterwards, by the plan. */
export function settle(postback: Postback, outcome: Outcome, terms: SettleTerms): Postback {
  const settled = { ...postback, token: null, leaseUntil: null, updatedAt: terms.now };
  switch (outcome.outcome) {
    case 'accepted':
      return { ...settled, ...acceptedOf(postback, terms.now) };
    case 'refused':
      return { ...settled, ...finalOr(postback, 'refused', terms.now), reason: outcome.reason };
    case 'not-counted':
      return again(settled, { ...outcome, leastWait: 0 }, terms);
    case 'unknown': {
      const maybe = { ...settled, mayHaveCounted: true };
      if (terms.repeats === 'adds' && postback.reported?.isZero !== true) {
        return { ...maybe, state: 'uncertain', reason: outcome.reason };
      }
      return again(maybe, { ...outcome, leastWait: terms.policy.uncertainWait }, terms);
    }
  }
}

/** Whether the tracker counted it, or may have. */
export function mayCount({ state, mayHaveCounted }: Postback): boolean {
  return state === 'accepted' || mayHaveCounted;
}

/** Whether it was skipped because what it was to tell is no longer so. */
export function isTakenBack({ state, reason }: Postback): boolean {
  return state === 'skipped' && (reason === 'superseded' || (reason ?? '').endsWith('-before-sending'));
}

/** A claim given back before anything was sent: as if it had never been made. */
export function giveBack(postback: Postback, now: number): Postback {
  const attempts = postback.attempts - 1;
  return { ...postback, state: 'due', token: null, leaseUntil: null, attempts, dueAt: now, updatedAt: now };
}

function acceptedOf(postback: Postback, now: number) {
  const clean = { attempts: 0, mayHaveCounted: false, reason: null, notBefore: 0 };
  if (postback.purpose !== 'click')
    return { ...clean, attempts: postback.attempts, state: 'accepted' as const };
  return { ...clean, sent: postback.revision, ...finalOr(postback, 'accepted', now) };
}

/** A row that speaks for its click goes out again at once when more was asked for while it was away. */
function finalOr(postback: Postback, state: 'accepted' | 'refused', now: number) {
  return isOutdated(postback) ? { state: 'due' as const, dueAt: now, attempts: 0 } : { state };
}

function isOutdated({ purpose, wanted, revision }: Postback): boolean {
  return purpose === 'click' && wanted > revision;
}

function again(
  postback: Postback,
  failure: { reason: string; retryAfterMs: number | null; leastWait: number },
  terms: SettleTerms,
): Postback {
  const { policy, now, random } = terms;
  const least = Math.max(failure.leastWait, failure.retryAfterMs ?? 0);
  const attempts = isOutdated(postback) ? 0 : postback.attempts;
  const wait = waitBefore(policy, attempts + 1, random);
  if (wait === null) {
    return {
      ...postback,
      state: postback.mayHaveCounted ? 'uncertain' : 'abandoned',
      reason: failure.reason,
    };
  }
  return {
    ...postback,
    state: 'due',
    reason: failure.reason,
    attempts,
    dueAt: now + Math.max(wait, least),
    notBefore: now + least,
  };
}
