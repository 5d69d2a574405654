import { type Postback, POSTBACK_STATES } from '../../core/postback.ts';
import type { Page, PostbackQuery } from '../../core/stories.ts';
import { pageOf, placeOf } from './cursor.ts';
import { postbackOf } from './rows.ts';
import type { Tx } from './sql.ts';

/** A shop's postbacks, the newest first. */
export async function postbacks(tx: Tx, query: PostbackQuery): Promise<Page<Postback>> {
  const place = placeOf(query.cursor);
  // The state stands in the statement itself, or an index that covers only some states could not be used.
  const state = POSTBACK_STATES.find((each) => each === query.state);
  // The plus keeps SQLite from walking through everything ever planned to find the few that wait.
  const at = state === 'due' || state === 'sending' ? '+created_at' : 'created_at';
  const rows = await tx.sql.all(
    `SELECT * FROM postbacks WHERE shop = $1 ${state === undefined ? '' : `AND state = '${state}'`}
      ${place === null ? '' : `AND (${at}, id) < ($3, $4)`}
      ORDER BY ${at} DESC, id DESC LIMIT $2`,
    ...[query.shop, query.limit + 1, ...(place === null ? [] : [place.at, place.id])],
  );
  return pageOf(rows.map(postbackOf), query.limit, ({ createdAt, id }) => ({ at: createdAt, id }));
}
