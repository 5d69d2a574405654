import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll } from 'vitest';
import type { Ledger } from '../core/ports.ts';
import { describeLedger } from '../../test/contracts/ledger.ts';
import { openInTest, scratchFolder } from '../../test/support/sqlite-file.ts';

const folder = scratchFolder();
const path = join(folder, 'ledger.db');
let ledger: Ledger | undefined;

afterAll(() => ledger?.close());

// One ledger, emptied for every test: starting its three threads a hundred times would take a minute.
describeLedger('an SQLite file', async () => {
  ledger ??= await openInTest(path);
  empty(path);
  return { ...ledger, close: async () => {} };
});

function empty(file: string): void {
  const db = new DatabaseSync(file);
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'facts'`).all();
  db.exec(`BEGIN; ${tables.map((table) => `DELETE FROM ${String(table['name'])};`).join(' ')} COMMIT`);
  db.close();
}
