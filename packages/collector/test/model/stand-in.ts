// The Binom of the model test, and the truth about every attempt: what left, what was counted, what we were told.
import { applyPostback, type Conversion } from '@clickback/sandbox';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Claim } from '../../src/core/ports.ts';
import { HOUR, MINUTE } from '../support/samples.ts';
import type { Answer } from './steps.ts';

export interface Try {
  readonly claim: Claim;
  readonly claimedAt: number;
  /** Null until the request left. */
  answer: Answer | null;
  /** Whether Binom took it. */
  counted: boolean;
  /** What the ledger was told, or found out by itself when the lease was over. */
  outcome: Outcome['outcome'] | 'pending' | 'given-back';
  /** When we knew that it counted: by its answer, or by a person who looked. */
  acceptedAt: number | null;
}

const LEASE = MINUTE;

export class StandIn {
  readonly #upsell: boolean;
  readonly #rows = new Map<string, Conversion>();
  readonly tries: Try[] = [];

  constructor(upsell: boolean) {
    this.#upsell = upsell;
  }

  row(clickId: string): Conversion | undefined {
    return this.#rows.get(clickId);
  }

  claimed(claim: Claim, at: number): Try {
    const made: Try = {
      claim,
      claimedAt: at,
      answer: null,
      counted: false,
      outcome: 'pending',
      acceptedAt: null,
    };
    this.tries.push(made);
    return made;
  }

  /** The request leaves and is met by this answer. */
  send(sent: Try, answer: Answer): void {
    const { clickId, payout, currency, status } = sent.claim.report;
    sent.answer = answer;
    sent.counted = answer === 'ok' || answer.endsWith('-counted');
    if (!sent.counted) return;
    const row = applyPostback(
      this.#rows.get(clickId),
      { clickId, payout, currency, status },
      { upsell: this.#upsell },
    );
    this.#rows.set(clickId, row);
  }

  /** Claims nobody has ended yet; those whose lease is over can only be reported late. */
  open(now: number): Try[] {
    return this.tries.filter((each) => each.outcome === 'pending' && now < each.claimedAt + LEASE);
  }

  /** The ledger settles these by itself with its next claim. */
  overdue(now: number): Try[] {
    return this.tries.filter((each) => each.outcome === 'pending' && now >= each.claimedAt + LEASE);
  }

  of(orderId: string): Try[] {
    return this.tries.filter(({ claim }) => claim.report.orderIds.includes(orderId));
  }

  vouchFor(postbackId: string, now: number): void {
    const last = this.tries.findLast(({ claim }) => claim.postbackId === postbackId);
    if (last !== undefined) last.acceptedAt = now;
  }

  /** What a person finds who looks whether this postback, which waits for a word, was counted. */
  wasCounted(postbackId: string): boolean {
    const own = this.tries.filter(({ claim }) => claim.postbackId === postbackId);
    const since = own.findLastIndex((each) => each.acceptedAt !== null) + 1;
    return own.slice(since).some((each) => each.counted);
  }
}

export function outcomeOf(answer: Answer): Outcome {
  switch (answer) {
    case 'ok':
      return { outcome: 'accepted', warning: null };
    case 'forbidden':
      return { outcome: 'refused', reason: 'Binom said 403' };
    case 'busy':
    case 'connection-refused':
      return { outcome: 'not-counted', reason: answer, retryAfterMs: null };
    case 'busy-for-an-hour':
      return { outcome: 'not-counted', reason: answer, retryAfterMs: HOUR };
    default:
      return { outcome: 'unknown', reason: answer, retryAfterMs: null };
  }
}
