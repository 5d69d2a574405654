/** SQLite ledgers in folders that go when the test file ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Ledger } from '../../src/core/ports.ts';
import { openSqlite, type SqliteSettings } from '../../src/ledgers/sqlite.ts';

export const SECRET_KEY = new Uint8Array(32).fill(7);

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clickback-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A thread that dies fails the test run. */
export function openInTest(path: string, over: Partial<SqliteSettings> = {}): Promise<Ledger> {
  const onDeath = (error: Error) => {
    throw error;
  };
  return openSqlite({ path, secretKey: SECRET_KEY, tracker: 'binom', onDeath, ...over });
}
