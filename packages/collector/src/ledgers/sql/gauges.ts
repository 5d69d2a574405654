import type { PostbackState } from '../../core/postback.ts';
import { QUEUE_STATES, type QueueGauges } from '../../core/stories.ts';
import { connectionRow } from './accounts.ts';
import { number, numberOrNull } from './rows.ts';
import { first, type Tx } from './sql.ts';

/** How the queue stands over all shops. */
export async function gauges(tx: Tx): Promise<QueueGauges> {
  const byState: Partial<Record<PostbackState, number>> = {};
  for (const state of QUEUE_STATES) {
    const row = await first(tx, `SELECT COUNT(*) AS postbacks FROM postbacks WHERE state = '${state}'`);
    byState[state] = number(row?.['postbacks']);
  }
  const oldest = await first(tx, `SELECT MIN(created_at) AS planned FROM postbacks WHERE state = 'due'`);
  const rows = await tx.sql.all('SELECT * FROM connections WHERE connected = 1');
  const healths = rows.map((row) => connectionRow(row).health);
  return {
    byState,
    oldestDueAt: numberOrNull(oldest?.['planned']),
    pausedTrackers: healths.filter(({ pausedAt }) => pausedAt !== null).length,
    openBreakers: healths.filter(({ openUntil }) => openUntil !== null).length,
  };
}
