import type { PostbackStory } from '../../core/stories.ts';
import { loadPostback } from './accounts.ts';
import { attemptOf, postbackOf } from './rows.ts';
import type { Row, Tx } from './sql.ts';

/** One postback with its attempts. */
export async function postback(tx: Tx, shop: string, id: string): Promise<PostbackStory | null> {
  const row = await loadPostback(tx, shop, id);
  return row === null ? null : { ...row, tries: await triesOf(tx, shop, id) };
}

/** Rows of the postbacks table with their attempts. */
export async function toldOf(tx: Tx, rows: readonly Row[]): Promise<PostbackStory[]> {
  const stories: PostbackStory[] = [];
  for (const row of rows.map(postbackOf))
    stories.push({ ...row, tries: await triesOf(tx, row.shop, row.id) });
  return stories;
}

async function triesOf(tx: Tx, shop: string, id: string): Promise<PostbackStory['tries']> {
  const rows = await tx.sql.all(
    'SELECT * FROM attempts WHERE shop = $1 AND postback_id = $2 ORDER BY attempt',
    shop,
    id,
  );
  return rows.map(attemptOf);
}
