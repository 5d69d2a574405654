/** Postback: clock → claim → tracker's URL → wire → the reply is read → settle. */
import { Unavailable } from '../core/errors.ts';
import type { Notice } from '../core/notice.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Claim, Clock, Happen, Ledger, Log, Settled, SettleAsk, Tracker, Wire } from '../core/ports.ts';
import type { RetryPolicy } from '../core/retry.ts';

export interface DeliverNeeds {
  readonly ledger: Pick<Ledger, 'claimDue' | 'settle' | 'giveBack'>;
  readonly wire: Wire;
  /** The catalogue of trackers. */
  readonly trackers: ReadonlyMap<string, Tracker>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy: RetryPolicy;
  readonly log: Log;
  readonly happen: Happen;
}

export interface Delivery {
  /** Something may be due: look now. */
  wake(): void;
  /** Starts nothing new, gives back what was not sent, and waits for what is on its way, at most so long (ms). */
  stop(patience: number): Promise<void>;
}

const CLAIM_AT_ONCE = 256;
const LEASE = 60_000;
/** Another collector may have planned something; and after a failure of the ledger it is asked again. */
const LONGEST_SLEEP = 1_000;
const SETTLE_AGAIN = 1_000;

/** Starts to deliver what is due, until it is stopped. */
export function deliverPostbacks(needs: DeliverNeeds): Delivery {
  const delivery = new Deliverer(needs);
  delivery.wake();
  return delivery;
}

class Deliverer implements Delivery {
  readonly #needs: DeliverNeeds;
  readonly #onTheWay = new Set<Promise<void>>();
  #isStopping = false;
  #isClaiming = false;
  #isAsked = false;
  #cancelSleep: () => void = () => undefined;
  #claiming: Promise<void> = Promise.resolve();

  constructor(needs: DeliverNeeds) {
    this.#needs = needs;
  }

  wake(): void {
    this.#isAsked = true;
    if (this.#isClaiming || this.#isStopping) return;
    this.#cancelSleep();
    this.#claiming = this.#claimAll();
  }

  async stop(patience: number): Promise<void> {
    this.#isStopping = true;
    this.#cancelSleep();
    const timer = new Promise<void>((resolve) => {
      this.#cancelSleep = this.#needs.clock.after(patience, resolve);
    });
    const finished = this.#claiming.then(() => Promise.all(this.#onTheWay));
    await Promise.race([finished, timer]);
    this.#cancelSleep();
  }

  /** One claim at a time; whoever asks meanwhile is answered by the next one. */
  async #claimAll(): Promise<void> {
    this.#isClaiming = true;
    let sleep = LONGEST_SLEEP;
    while (this.#isAsked && !this.#isStopping) {
      this.#isAsked = false;
      sleep = await this.#claimOnce();
    }
    this.#isClaiming = false;
    if (this.#isStopping) return;
    this.#cancelSleep = this.#needs.clock.after(sleep, () => {
      this.wake();
    });
  }

  /** Claims and sends; tells how long to sleep when nobody wakes us. */
  async #claimOnce(): Promise<number> {
    const { ledger, clock, policy, random, log } = this.#needs;
    try {
      const ask = { now: clock.now(), limit: CLAIM_AT_ONCE, leaseMs: LEASE, policy, random: random() };
      const { claims, nextAt } = await ledger.claimDue(ask);
      if (this.#isStopping) {
        await ledger.giveBack(claims, clock.now());
        return 0;
      }
      claims.forEach((claim) => {
        this.#send(claim);
      });
      if (claims.length === CLAIM_AT_ONCE) this.#isAsked = true;
      // What is due already but has no free place is claimed when a place is free: that wakes us.
      const wait = nextAt === null ? LONGEST_SLEEP : nextAt - clock.now();
      return wait > 0 ? Math.min(wait, LONGEST_SLEEP) : LONGEST_SLEEP;
    } catch (error) {
      log.error('claim.failed', { error: wordsOf(error) });
      return LONGEST_SLEEP;
    }
  }

  #send(claim: Claim): void {
    const { log } = this.#needs;
    const sending = attempt(this.#needs, claim)
      .catch((error: unknown) => {
        log.error('attempt.failed', { postback: claim.postbackId, error: wordsOf(error) });
      })
      .finally(() => {
        this.#onTheWay.delete(sending);
        this.wake();
      });
    this.#onTheWay.add(sending);
  }
}

async function attempt(needs: DeliverNeeds, claim: Claim): Promise<void> {
  const { wire, trackers, clock, random, policy } = needs;
  const tracker = trackers.get(claim.tracker);
  if (tracker === undefined) throw new Error(`no tracker ${claim.tracker} in the catalogue`);
  const url = tracker.url(claim.settings, claim.report);
  const reply = await wire.get(url);
  const outcome = tracker.read(reply, clock.now());
  const isAnswer = reply.kind === 'answer';
  const ask: SettleAsk = {
    shop: claim.shop,
    postbackId: claim.postbackId,
    token: claim.token,
    outcome,
    sent: { url, status: isAnswer ? reply.status : null, body: isAnswer ? reply.body : null, ms: reply.ms },
    notices: noticesOf(tracker, claim, outcome),
    policy,
    now: clock.now(),
    random: random(),
  };
  const settled = await settleFirmly(needs, ask);
  tell(needs, claim, { ask, settled });
}

/** The answer is known and must not be lost: while the ledger cannot take it, it is offered again until the lease ends. */
async function settleFirmly({ ledger, clock, log }: DeliverNeeds, ask: SettleAsk): Promise<Settled> {
  const giveUpAt = ask.now + LEASE;
  for (;;) {
    try {
      return await ledger.settle(ask);
    } catch (error) {
      if (!(error instanceof Unavailable) || clock.now() >= giveUpAt) throw error;
      log.warn('settle.postponed', { postback: ask.postbackId, error: error.message });
      await new Promise<void>((resolve) => clock.after(SETTLE_AGAIN, resolve));
    }
  }
}

function noticesOf(tracker: Tracker, claim: Claim, outcome: Outcome): Notice[] {
  const { shop, settings, report } = claim;
  const subject = `tracker:${claim.tracker}`;
  const picky = tracker.notices(settings, report).map((notice) => ({ ...notice, shop, subject }));
  const warning = outcome.outcome === 'accepted' ? outcome.warning : null;
  return warning === null ? picky : [...picky, { shop, subject, code: 'web-page-answer', detail: warning }];
}

/** One wide line per attempt, with everything on it. */
function tell(
  needs: DeliverNeeds,
  claim: Claim,
  { ask, settled }: { ask: SettleAsk; settled: Settled },
): void {
  const { report } = claim;
  const line = {
    shop: claim.shop,
    tracker: claim.tracker,
    postbackId: claim.postbackId,
    attempt: claim.attempt,
    clickId: report.clickId,
    orderId: report.orderId,
    payout: report.payout,
    currency: report.currency,
    outcome: ask.outcome.outcome,
    state: settled.outcome === 'stale' ? 'stale' : settled.state,
    reason: ask.outcome.outcome === 'accepted' ? ask.outcome.warning : ask.outcome.reason,
    url: ask.sent.url,
    status: ask.sent.status,
    ms: Math.round(ask.sent.ms),
    at: ask.now,
  };
  const more = { body: ask.sent.body, nextAt: settled.outcome === 'stale' ? null : settled.dueAt };
  needs.log.info('postback.attempted', { ...line, ...more });
  needs.happen({ what: 'attempt', ...line });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
