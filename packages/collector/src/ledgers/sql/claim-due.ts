/**
 * Takes postbacks for sending: fair between trackers, one in flight per click, the attempt written down before it leaves.
 * What a dead process left in flight is settled first, as an attempt nobody knows the outcome of.
 */
import { waitsForTracker } from '../../core/connection.ts';
import type { Connection } from '../../core/connection.ts';
import type { Postback, Report } from '../../core/postback.ts';
import type { Claim, ClaimAsk, Claimed } from '../../core/ports.ts';
import { reportOf } from '../../core/report.ts';
import { accountOf, connectionRow, replan, savePostback } from './accounts.ts';
import { number, numberOrNull, postbackOf, reportText } from './rows.ts';
import { settlePostback } from './settle.ts';
import { first, type Row, type Tx } from './sql.ts';

/** Why an attempt is settled by somebody who did not make it. */
const LEASE_RAN_OUT = 'the collector stopped while it was sending';

export async function claimDue(tx: Tx, ask: ClaimAsk): Promise<Claimed> {
  await settleAbandoned(tx, ask);
  const connections = await openConnections(tx);
  const claims: Claim[] = [];
  const waits: number[] = [];
  const start = Math.floor(ask.random * connections.length);
  for (const connection of [...connections.slice(start), ...connections.slice(0, start)]) {
    const free = Math.min(await freePlaces(tx, connection, ask.now), ask.limit - claims.length);
    if (free > 0) claims.push(...(await claimFrom(tx, connection, { ...ask, limit: free })));
    waits.push(...(await nextDue(tx, connection, ask.now)));
  }
  return { claims, nextAt: waits.length === 0 ? null : Math.min(...waits) };
}

async function settleAbandoned(tx: Tx, ask: ClaimAsk): Promise<void> {
  const rows = await tx.sql.all(
    `SELECT * FROM postbacks WHERE state = 'sending' AND lease_until <= $1 ORDER BY lease_until LIMIT 100`,
    ask.now,
  );
  for (const row of rows) {
    await settlePostback(tx, postbackOf(row), {
      ...ask,
      outcome: { outcome: 'unknown', reason: LEASE_RAN_OUT, retryAfterMs: null },
      sent: null,
      notices: [],
    });
  }
}

async function openConnections(tx: Tx): Promise<Connection[]> {
  const rows = await tx.sql.all('SELECT * FROM connections WHERE connected = 1 ORDER BY shop, tracker');
  return rows
    .map(connectionRow)
    .filter(({ settings, health }) => settings.enabled && health.pausedAt === null);
}

/** How many more postbacks this tracker may have in flight; one at a time while it is being probed. */
async function freePlaces(
  tx: Tx,
  { shop, tracker, settings, health }: Connection,
  now: number,
): Promise<number> {
  if (waitsForTracker(health, now)) return 0;
  const row = await first(
    tx,
    `SELECT COUNT(*) AS busy FROM postbacks WHERE shop = $1 AND tracker = $2 AND state = 'sending'`,
    shop,
    tracker,
  );
  return (health.openUntil === null ? settings.inFlight : 1) - number(row?.['busy']);
}

/** Half of the places (a single one by chance) go to what was never tried, so that neither it nor retries starve. */
async function claimFrom(tx: Tx, connection: Connection, ask: ClaimAsk): Promise<Claim[]> {
  const fresh = await dueRows(tx, connection, {
    ...ask,
    and: 'AND attempts = 0',
    limit: Math.floor(ask.limit / 2 + ask.random),
  });
  const any = await dueRows(tx, connection, { ...ask, and: '', limit: ask.limit });
  const claims: Claim[] = [];
  const clicks = new Set<string>();
  for (const postback of [...fresh, ...any].map(postbackOf)) {
    if (claims.length >= ask.limit || clicks.has(postback.clickId)) continue;
    clicks.add(postback.clickId);
    const claim = await claimOne(tx, postback, { ...ask, connection });
    if (claim !== null) claims.push(claim);
  }
  return claims;
}

function dueRows(
  tx: Tx,
  { shop, tracker }: Connection,
  { now, and, limit }: { now: number; and: string; limit: number },
): Row[] | Promise<Row[]> {
  return tx.sql.all(
    `SELECT * FROM postbacks p WHERE shop = $1 AND tracker = $2 AND state = 'due' AND due_at <= $3 ${and}
      AND NOT EXISTS (SELECT 1 FROM postbacks busy WHERE busy.shop = p.shop AND busy.tracker = p.tracker
        AND busy.click_id = p.click_id AND busy.state = 'sending')
      ORDER BY due_at LIMIT $4`,
    shop,
    tracker,
    now,
    limit,
  );
}

async function claimOne(
  tx: Tx,
  postback: Postback,
  { connection, now, leaseMs }: ClaimAsk & { connection: Connection },
): Promise<Claim | null> {
  const { shop, tracker, clickId } = postback;
  const account = await accountOf(tx, shop, { clickId, connection });
  const report = reportOf(account, postback);
  if (report === null) {
    await savePostback(tx, { ...postback, ...nothingToTell(postback), updatedAt: now });
    await replan(tx, shop, { clickId, now, connection });
    return null;
  }
  const token = tx.newId();
  await savePostback(tx, {
    ...postback,
    state: 'sending',
    reason: null,
    revision: postback.orderId === null ? postback.wanted : postback.revision,
    attempts: postback.attempts + 1,
    reported: report,
    token,
    leaseUntil: now + leaseMs,
    updatedAt: now,
  });
  await freeze(tx, shop, report);
  await keepMode(tx, postback, connection);
  const attempt = await writeAttempt(tx, postback, { report, now });
  return { postbackId: postback.id, shop, tracker, token, attempt, report, settings: connection.settings };
}

/** What it was to tell is no longer so, and planning left it because an attempt may have counted. Nothing is wanted now. */
function nothingToTell(postback: Postback): Partial<Postback> {
  if (postback.sent > 0) return { state: 'accepted', reason: null, wantedKey: '' };
  if (postback.mayHaveCounted) return { state: 'abandoned', reason: 'nothing left to tell', wantedKey: '' };
  return { state: 'skipped', reason: 'superseded', wantedKey: '' };
}

/** From the first attempt on, the verdict on these orders stands. */
async function freeze(tx: Tx, shop: string, report: Report): Promise<void> {
  for (const orderId of new Set([...report.orderIds, report.orderId])) {
    const statement = 'UPDATE orders SET frozen = 1 WHERE shop = $1 AND order_id = $2 AND frozen = 0';
    await tx.sql.run(statement, shop, orderId);
  }
}

/** From its first attempt on, a click keeps what the tracker was said to do with a repeat; null still takes the setting. */
async function keepMode(
  tx: Tx,
  { shop, tracker, clickId }: Postback,
  { settings }: Connection,
): Promise<void> {
  await tx.sql.run(
    `INSERT INTO reported_clicks (shop, tracker, click_id, repeats) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    shop,
    tracker,
    clickId,
    settings.repeats,
  );
}

async function writeAttempt(
  tx: Tx,
  { shop, id }: Postback,
  { report, now }: { report: Report; now: number },
) {
  const row = await first(
    tx,
    'SELECT MAX(attempt) AS made FROM attempts WHERE shop = $1 AND postback_id = $2',
    shop,
    id,
  );
  const attempt = (numberOrNull(row?.['made']) ?? 0) + 1;
  await tx.sql.run(
    `INSERT INTO attempts (shop, postback_id, attempt, started_at, report, outcome) VALUES ($1, $2, $3, $4, $5, 'pending')`,
    shop,
    id,
    attempt,
    now,
    reportText(report),
  );
  return attempt;
}

/** When this tracker wants us next: its earliest due postback, not before its breaker allows a probe. */
async function nextDue(tx: Tx, { shop, tracker, health }: Connection, now: number): Promise<number[]> {
  const row = await first(
    tx,
    `SELECT due_at FROM postbacks WHERE shop = $1 AND tracker = $2 AND state = 'due' ORDER BY due_at LIMIT 1`,
    shop,
    tracker,
  );
  const dueAt = numberOrNull(row?.['due_at']);
  if (dueAt === null) return [];
  return [waitsForTracker(health, now) ? Math.max(dueAt, health.openUntil ?? 0) : dueAt];
}
