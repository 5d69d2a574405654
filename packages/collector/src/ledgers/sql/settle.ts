/** The end of an attempt: the postback's next state, what it says about the tracker, and the plan that follows. */
import { afterSign, type Connection, type Health, signOf } from '../../core/connection.ts';
import type { Notice } from '../../core/notice.ts';
import type { Outcome } from '../../core/outcome.ts';
import {
  giveBack as givenBack,
  type Postback,
  settle as settled,
  type SettleTerms,
} from '../../core/postback.ts';
import type { Claim, Sent, SettleAsk, Settled } from '../../core/ports.ts';
import { connectionOf, repeatsOf, replan, savePostback } from './accounts.ts';
import { isErasedId } from './erased-id.ts';
import { raise, withdraw } from './notices.ts';
import { postbackOf } from './rows.ts';
import { first, type Tx } from './sql.ts';

/** An attempt's end, by whoever tells it: the sender, or the claim that found its lease run out (`sent` is null). */
type Ending = Omit<SettleTerms, 'repeats'> & {
  readonly outcome: Outcome;
  readonly sent: Sent | null;
  readonly notices: readonly Notice[];
};

export async function settle(tx: Tx, ask: SettleAsk): Promise<Settled> {
  const postback = await heldBy(tx, ask);
  if (postback === null) return { outcome: 'stale' };
  const after = await settlePostback(tx, postback, ask);
  return { outcome: 'settled', state: after.state, dueAt: after.state === 'due' ? after.dueAt : null };
}

/** Gives claims back that never left: as if they had not been made, so that news which came meanwhile still counts. */
export async function giveBack(
  tx: Tx,
  claims: readonly Pick<Claim, 'shop' | 'postbackId' | 'token' | 'attempt'>[],
  now: number,
): Promise<void> {
  for (const claim of claims) {
    const postback = await heldBy(tx, claim);
    if (postback === null) continue;
    await savePostback(tx, givenBack(postback, now));
    await tx.sql.run(
      `UPDATE attempts SET outcome = 'given-back' WHERE shop = $1 AND postback_id = $2 AND attempt = $3`,
      claim.shop,
      claim.postbackId,
      claim.attempt,
    );
    await replan(tx, claim.shop, { clickId: postback.clickId, now });
  }
}

export async function settlePostback(tx: Tx, postback: Postback, told: Ending): Promise<Postback> {
  const { shop, clickId, tracker } = postback;
  // Its person was erased while it was on its way: what went over the wire names the click and the order.
  const ending: Ending = isErasedId(clickId) ? { ...told, sent: null, notices: [] } : told;
  const { now, outcome } = ending;
  const connection = await connectionOf(tx, shop, tracker);
  const repeats = await repeatsOf(tx, { shop, clickId, connected: connection });
  const ended = settled(postback, outcome, { ...ending, repeats });
  const after = connection === null ? homeless(ended) : ended;
  await savePostback(tx, after);
  await closeAttempt(tx, postback, ending);
  if (outcome.outcome === 'accepted') await markReported(tx, postback);
  // That our own process stopped says nothing about the tracker.
  if (connection !== null && told.sent !== null) await noteSign(tx, connection, { postback, outcome, now });
  // Where there is no such notice this is one look into an index, and writes nothing.
  if (outcome.outcome === 'accepted' && outcome.warning === null)
    await withdraw(tx, { shop, code: 'web-page-answer', subject: `tracker:${tracker}` });
  for (const notice of [...ending.notices, ...noticesOf(after, outcome)]) await raise(tx, notice, now);
  const account = await replan(tx, shop, { clickId, now, connection });
  return account.postbacks.find((each) => each.id === after.id) ?? after;
}

/** The tracker was disconnected meanwhile: what never arrived is skipped, what may have waits for a person. */
function homeless(ended: Postback): Postback {
  if (ended.state !== 'due') return ended;
  if (ended.mayHaveCounted) return { ...ended, state: 'uncertain' };
  return { ...ended, state: 'skipped', reason: 'disconnected' };
}

async function heldBy(tx: Tx, claim: Pick<Claim, 'shop' | 'postbackId' | 'token'>): Promise<Postback | null> {
  const row = await first(
    tx,
    `SELECT * FROM postbacks WHERE shop = $1 AND id = $2 AND state = 'sending' AND token = $3`,
    claim.shop,
    claim.postbackId,
    claim.token,
  );
  return row === null ? null : postbackOf(row);
}

async function closeAttempt(tx: Tx, { shop, id }: Postback, { outcome, sent }: Ending): Promise<void> {
  await tx.sql.run(
    `UPDATE attempts SET outcome = $1, reason = $2, warning = $3, url = $4, status = $5, body = $6, ms = $7
      WHERE shop = $8 AND postback_id = $9 AND outcome = 'pending'`,
    outcome.outcome,
    outcome.outcome === 'accepted' ? null : outcome.reason,
    outcome.outcome === 'accepted' ? outcome.warning : null,
    sent?.url ?? null,
    sent?.status ?? null,
    sent?.body ?? null,
    sent === null ? null : Math.round(sent.ms),
    shop,
    id,
  );
}

/** An accepted postback has included these orders. */
export async function markReported(tx: Tx, { shop, reported }: Postback): Promise<void> {
  for (const orderId of reported?.orderIds ?? []) {
    const statement = 'UPDATE orders SET reported = 1 WHERE shop = $1 AND order_id = $2 AND reported = 0';
    await tx.sql.run(statement, shop, orderId);
  }
}

/** Keeps the tracker's health; the first success after a failure makes everything that waits for it due at once. */
async function noteSign(
  tx: Tx,
  connection: Connection,
  { postback, outcome, now }: { postback: Postback; outcome: Outcome; now: number },
): Promise<void> {
  const health = afterSign(connection.health, signOf(outcome, postback.clickId), now);
  if (JSON.stringify(health) === JSON.stringify(connection.health)) return;
  await saveHealth(tx, connection, health);
  if (connection.health.failures > 0 && health.failures === 0) await wake(tx, connection, now);
  if (health.pausedAt !== null && connection.health.pausedAt === null)
    await raisePaused(tx, connection, health);
}

export async function saveHealth(tx: Tx, { shop, tracker }: Connection, health: Health): Promise<void> {
  await tx.sql.run(
    'UPDATE connections SET health = $1 WHERE shop = $2 AND tracker = $3',
    JSON.stringify(health),
    shop,
    tracker,
  );
}

/** Everything that waits for this tracker is due now, but for the least waits it asked for or that safety asks for. */
export async function wake(tx: Tx, { shop, tracker }: Connection, now: number): Promise<void> {
  await tx.sql.run(
    `UPDATE postbacks SET due_at = CASE WHEN not_before > $1 THEN not_before ELSE $1 END
      WHERE shop = $2 AND tracker = $3 AND state = 'due' AND due_at > $1`,
    now,
    shop,
    tracker,
  );
}

function raisePaused(tx: Tx, { shop, tracker }: Connection, health: Health): Promise<void> {
  const detail =
    `Five postbacks for different clicks were refused in a row (${health.pauseReason ?? ''}), so the rest wait. ` +
    'Mend the settings, send a test that succeeds, or resume by hand; then send the refused ones again.';
  return raise(
    tx,
    { shop, code: 'tracker-paused', subject: `tracker:${tracker}`, detail },
    health.pausedAt ?? 0,
  );
}

/** What a person should know about how this attempt ended. */
function noticesOf(after: Postback, outcome: Outcome): Notice[] {
  const { shop } = after;
  const subject = after.orderId === null ? `click:${after.clickId}` : `order:${after.orderId}`;
  if (after.state === 'abandoned' || after.state === 'uncertain') {
    const detail =
      after.state === 'abandoned'
        ? 'The schedule of attempts is over and the tracker never answered. Send it again when the tracker is back.'
        : 'The request left and no usable answer came: look at the tracker whether it counted, then settle it or send it again.';
    return [
      { shop, code: after.state === 'abandoned' ? 'schedule-exhausted' : 'no-answer', subject, detail },
    ];
  }
  const mayDouble = outcome.outcome === 'unknown' && after.purpose === 'paid' && after.state === 'due';
  if (!mayDouble) return [];
  const detail =
    'An attempt left without an answer and is sent again: where the tracker adds payouts it may count twice.';
  return [{ shop, code: 'may-have-counted-twice', subject, detail }];
}
