/**
 * One process per file. The lock is SQLite's own, on a file beside it: the system lets go of it when the process dies,
 * kill -9 included, so there are no stale locks and nothing to clean up.
 */
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { Misconfigured } from '../../core/errors.ts';
import { sqliteCode } from '../sql/node-sqlite.ts';
import { makePrivate } from './make-file.ts';

const BUSY = 5;

/** Holds the lock until the returned function is called; throws `Misconfigured` where another process has it. */
export function lock(file: string, holder: string): () => void {
  const lockFile = `${file}.lock`;
  makePrivate(lockFile);
  const db = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    hold(db, `${holder} on ${hostname()}, since ${new Date().toISOString()}`);
  } catch (error) {
    const problem = sqliteCode(error) === BUSY ? taken(file, holderIn(db)) : damaged(lockFile, error);
    db.close();
    throw new Misconfigured([problem]);
  }
  return () => {
    if (db.isOpen) db.close();
  };
}

/** An open write transaction is the lock; others can still read who holds it. */
function hold(db: DatabaseSync, words: string): void {
  db.exec('BEGIN IMMEDIATE');
  db.exec('CREATE TABLE IF NOT EXISTS holder (words TEXT NOT NULL)');
  db.exec('DELETE FROM holder');
  db.prepare('INSERT INTO holder VALUES (?)').run(words);
  db.exec('COMMIT');
  db.exec('BEGIN IMMEDIATE');
}

function holderIn(db: DatabaseSync): string {
  try {
    return String(db.prepare('SELECT words FROM holder').get()?.['words'] ?? 'just starting');
  } catch {
    return 'just starting';
  }
}

function taken(file: string, holder: string): string {
  return (
    `LEDGER_URL: another process has ${file} open (${holder}). Stop that one first, or give this one a file of its own; ` +
    'several collectors on one ledger need PostgreSQL.'
  );
}

function damaged(lockFile: string, error: unknown): string {
  return `LEDGER_URL: the lock ${lockFile} cannot be taken (${String(error)}). When no collector runs, delete that file and start again.`;
}
