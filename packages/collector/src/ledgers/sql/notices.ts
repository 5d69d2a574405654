import type { Notice } from '../../core/notice.ts';
import type { Postback } from '../../core/postback.ts';
import type { Tx } from './sql.ts';

/** Raises a notice; the same one again is counted, not repeated. */
export async function raise(tx: Tx, notice: Notice, now: number): Promise<void> {
  await tx.sql.run(
    `INSERT INTO notices (shop, code, subject, detail, first_at, last_at, times) VALUES ($1, $2, $3, $4, $5, $5, 1)
      ON CONFLICT (shop, code, subject)
      DO UPDATE SET detail = excluded.detail, last_at = excluded.last_at, times = notices.times + 1`,
    notice.shop,
    notice.code,
    notice.subject,
    notice.detail,
    now,
  );
}

/** Takes a notice back: what it told is no longer so. */
export async function withdraw(tx: Tx, { shop, code, subject }: Omit<Notice, 'detail'>): Promise<void> {
  await tx.sql.run('DELETE FROM notices WHERE shop = $1 AND code = $2 AND subject = $3', shop, code, subject);
}

/** Takes back every notice that asked one question: it was answered. */
export async function withdrawAll(tx: Tx, { shop, code }: Pick<Notice, 'shop' | 'code'>): Promise<void> {
  await tx.sql.run('DELETE FROM notices WHERE shop = $1 AND code = $2', shop, code);
}

/** How an attempt ended was settled by a person, or the postback goes out again: nobody has to be told any more. */
export async function withdrawEnding(
  tx: Tx,
  { shop, orderId, clickId }: Pick<Postback, 'shop' | 'orderId' | 'clickId'>,
): Promise<void> {
  const subject = orderId === null ? `click:${clickId}` : `order:${orderId}`;
  await withdraw(tx, { shop, code: 'no-answer', subject });
  await withdraw(tx, { shop, code: 'schedule-exhausted', subject });
}
