/**
 * Statements over Node's own SQLite. Every answer is a plain value, so a verb that awaits it only takes turns with other
 * microtasks of its thread: no event, and no other verb, comes between the statements of a batch.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Row, Sql } from './sql.ts';

/** SQLite drops the whole transaction by itself when the disk fails; what follows must not run without one. */
class TransactionLost extends Error {
  override readonly name = 'TransactionLost';
}

/** Statements for verbs; they run only while a transaction is open. */
export function sqlOver(db: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    if (!db.isTransaction) throw new TransactionLost('the transaction was lost');
    const known = prepared.get(text);
    if (known !== undefined) return known;
    // PostgreSQL writes `$1`; SQLite reads that as a name and counts places as `?1`.
    const statement = db.prepare(text.replace(/\$(\d+)/g, '?$1'));
    prepared.set(text, statement);
    return statement;
  };
  return {
    all: (text, ...values) => prepare(text).all(...values) as Row[],
    run: (text, ...values) => Number(prepare(text).run(...values).changes),
  };
}

/** SQLite's own words for what is wrong with the statement, not with the machine: a bug of ours. */
const OUR_FAULT = new Set([
  1, // ERROR: no such table, bad syntax
  18, // TOOBIG
  19, // CONSTRAINT
  20, // MISMATCH
  21, // MISUSE
  25, // RANGE
]);

/** Whether the machine failed (disk full, I/O error, damage …) rather than the verb. */
export function isMachineFault(error: unknown): boolean {
  if (error instanceof TransactionLost) return true;
  const code = sqliteCode(error);
  return code !== null && !OUR_FAULT.has(code);
}

/** SQLite's primary result code (https://sqlite.org/rescode.html), or null for any other error. */
export function sqliteCode(error: unknown): number | null {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : null;
}
