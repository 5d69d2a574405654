import { POSTBACK_STATES, type PostbackState } from '../../core/postback.ts';
import type { QueueGauges } from '../../core/stories.ts';
import { connectionRow } from './accounts.ts';
import { number, numberOrNull } from './rows.ts';
import { first, type Tx } from './sql.ts';

/** How the queue stands over all shops. Accepted postbacks grow without end and are not part of it. */
export async function gauges(tx: Tx): Promise<QueueGauges> {
  const byState: Partial<Record<PostbackState, number>> = {};
  for (const state of POSTBACK_STATES) {
    if (state === 'accepted') continue;
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
