import type { Connection } from '../../core/connection.ts';
import { type Postback, POSTBACK_STATES, type PostbackState } from '../../core/postback.ts';
import type { Replayed, ReplayQuery } from '../../core/ports.ts';
import { connectionOf } from './accounts.ts';
import { audit } from './audit.ts';
import { replayRow } from './replay.ts';
import { postbackOf } from './rows.ts';
import type { Tx } from './sql.ts';

/** How many postbacks one call sends at most; the same call again goes on with what is left. */
const MOST = 10_000;
const AT_ONCE = 500;

/** Replays every postback of these states planned in a span, the oldest first; what cannot be sent is left out. */
export async function replayMany(tx: Tx, query: ReplayQuery): Promise<readonly Replayed[]> {
  const connection = await connectionOf(tx, query.shop);
  if (connection === null) return [];
  const replayed = new Map<string, Replayed>();
  const states = POSTBACK_STATES.filter((state) => state !== 'sending' && query.states.includes(state));
  for (const state of states) await replayState(tx, state, { query, connection, replayed });
  if (replayed.size > 0 && !query.dryRun) {
    const { states: of, from, to } = query;
    await audit(tx, query, { action: 'replay-many', states: of, from, to, replayed: replayed.size });
  }
  return [...replayed.values()];
}

interface Replaying {
  readonly query: ReplayQuery;
  readonly connection: Connection;
  /** By what goes out: a click's total goes once, however many of its rows were asked for. */
  readonly replayed: Map<string, Replayed>;
}

async function replayState(
  tx: Tx,
  state: PostbackState,
  { query, connection, replayed }: Replaying,
): Promise<void> {
  const { now, dryRun } = query;
  let last: Postback | undefined;
  do {
    const rows = await rowsAfter(tx, last, { query, connection, state });
    for (const row of rows) {
      if (replayed.size >= MOST) return;
      const outcome = await replayRow(tx, row, { connection, now, dryRun });
      if (outcome.outcome !== 'due') continue;
      const isTotal = outcome.goesOut.orderId === null;
      replayed.set(isTotal ? `click ${row.clickId}` : row.id, outcome.replayed);
    }
    last = rows.length < AT_ONCE ? undefined : rows.at(-1);
  } while (last !== undefined);
}

/** The state stands in the statement itself, or an index that covers only some states could not be used. */
async function rowsAfter(
  tx: Tx,
  last: Postback | undefined,
  { query, connection, state }: { query: ReplayQuery; connection: Connection; state: PostbackState },
): Promise<Postback[]> {
  const rows = await tx.sql.all(
    `SELECT * FROM postbacks WHERE shop = $1 AND tracker = $2 AND state = '${state}'
      AND created_at >= $3 AND created_at < $4 AND (created_at, id) > ($5, $6)
      ORDER BY created_at, id LIMIT ${AT_ONCE}`,
    query.shop,
    connection.tracker,
    query.from ?? 0,
    query.to ?? Number.MAX_SAFE_INTEGER,
    last?.createdAt ?? -1,
    last?.id ?? '',
  );
  return rows.map(postbackOf);
}
