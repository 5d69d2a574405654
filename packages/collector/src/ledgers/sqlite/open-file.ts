/** Opens the ledger's file to write: recognises it, sees to it that a commit survives a power cut, brings it up to date. */
import { DatabaseSync } from 'node:sqlite';
import { Misconfigured } from '../../core/errors.ts';
import { sqlOver } from '../sql/node-sqlite.ts';
import { recogniseKey } from '../sql/recognise-key.ts';
import { MIGRATIONS } from '../sql/schema.ts';
import type { Surroundings } from '../sql/sql.ts';

/** `Clbk`: tells our files from other SQLite files. */
const APPLICATION_ID = 0x43_6c_62_6b;
const FULL = 2;

export interface FileOptions {
  readonly file: string;
  /** The most pages the file may have; lets a test see a full disk. */
  readonly maxPages?: number;
}

export async function openFile(options: FileOptions, surroundings: Surroundings): Promise<DatabaseSync> {
  const { file, maxPages } = options;
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { timeout: 5000 });
    if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages}`);
    recognise(db, file);
    makeDurable(db, file);
    migrate(db);
    db.exec('BEGIN IMMEDIATE');
    await recogniseKey({ ...surroundings, sql: sqlOver(db) });
    // No other process lives (the lock says so): what was being sent when the last one died is nobody's now.
    db.exec(`UPDATE postbacks SET lease_until = 0 WHERE state = 'sending'`);
    db.exec('COMMIT');
    return db;
  } catch (error) {
    db?.close();
    throw error instanceof Misconfigured ? error : new Misconfigured([unusable(file, error)]);
  }
}

function recognise(db: DatabaseSync, file: string): void {
  const tables = numberOf(db, 'SELECT COUNT(*) FROM sqlite_schema');
  const version = numberOf(db, 'PRAGMA user_version');
  if (tables > 0 && numberOf(db, 'PRAGMA application_id') !== APPLICATION_ID) {
    throw new Misconfigured([
      `LEDGER_URL: ${file} is an SQLite file of another program. Name another place.`,
    ]);
  }
  if (version > MIGRATIONS.length) {
    throw new Misconfigured([
      `LEDGER_URL: ${file} was written by a newer Clickback (schema ${version}; this one knows ${MIGRATIONS.length}). ` +
        'Start that version, or restore the backup made before the upgrade.',
    ]);
  }
}

/** Every commit is on the disk when it is answered (https://sqlite.org/pragma.html#pragma_synchronous): said, then read back. */
function makeDurable(db: DatabaseSync, file: string): void {
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  // macOS answers an ordinary fsync before the disk does.
  db.exec('PRAGMA fullfsync = ON');
  db.exec('PRAGMA checkpoint_fullfsync = ON');
  const mode = db.prepare('PRAGMA journal_mode').get()?.['journal_mode'];
  if (mode !== 'wal' || numberOf(db, 'PRAGMA synchronous') !== FULL) {
    throw new Misconfigured([
      `LEDGER_URL: ${file} lies where SQLite cannot keep a write-ahead log (a network folder?), so a commit would not ` +
        'survive a power cut. Name a place on a disk of this machine.',
    ]);
  }
  db.exec('PRAGMA cache_size = -65536');
  db.exec('PRAGMA wal_autocheckpoint = 4000');
  db.exec('PRAGMA journal_size_limit = 67108864');
}

function migrate(db: DatabaseSync): void {
  const from = numberOf(db, 'PRAGMA user_version');
  for (const [index, statements] of [...MIGRATIONS.entries()].slice(from)) {
    db.exec('BEGIN IMMEDIATE');
    for (const statement of statements) db.exec(statement);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    db.exec(`PRAGMA user_version = ${index + 1}`);
    db.exec('COMMIT');
  }
}

function numberOf(db: DatabaseSync, statement: string): number {
  return Number(Object.values(db.prepare(statement).get() ?? {})[0]);
}

function unusable(file: string, error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return `LEDGER_URL: ${file} cannot be used as a ledger (SQLite says: ${words}). Restore a backup, or name another place.`;
}
