import type { NoticeCode } from '../../core/notice.ts';
import type { RaisedNotice } from '../../core/stories.ts';
import { number, text } from './rows.ts';
import type { Row, Tx } from './sql.ts';

/** What people should know about a shop, the newest first. */
export async function notices(tx: Tx, shop: string): Promise<readonly RaisedNotice[]> {
  const rows = await tx.sql.all(
    'SELECT * FROM notices WHERE shop = $1 ORDER BY last_at DESC, code, subject LIMIT 1000',
    shop,
  );
  return rows.map(noticeOf);
}

/** Notices about one thing: `order:1001`, `click:81e6…`. */
export async function noticesAbout(tx: Tx, shop: string, subject: string): Promise<RaisedNotice[]> {
  const rows = await tx.sql.all(
    'SELECT * FROM notices WHERE shop = $1 AND subject = $2 ORDER BY first_at, code',
    shop,
    subject,
  );
  return rows.map(noticeOf);
}

function noticeOf(row: Row): RaisedNotice {
  return {
    shop: text(row['shop']),
    code: text(row['code']) as NoticeCode,
    subject: text(row['subject']),
    detail: text(row['detail']),
    firstAt: number(row['first_at']),
    lastAt: number(row['last_at']),
    times: number(row['times']),
  };
}
