/** A ledger in memory whose tables a test may look into; everything happens in one transaction that never ends. */
import { DatabaseSync } from 'node:sqlite';
import type { Ledger } from '../../src/core/ports.ts';
import { byName, type Verb } from '../../src/ledgers/sql/by-name.ts';
import { sqlOver } from '../../src/ledgers/sql/node-sqlite.ts';
import { MIGRATIONS } from '../../src/ledgers/sql/schema.ts';
import type { Row, Sql, SqlValue } from '../../src/ledgers/sql/sql.ts';
import { surroundingsOf } from '../../src/ledgers/sql/surroundings.ts';
import { READS, WRITES } from '../../src/ledgers/sql/verbs.ts';

export interface OpenTables {
  readonly ledger: Ledger;
  /** Rows of any statement. */
  rows(statement: string, ...values: SqlValue[]): Row[];
  /** Every table as text: what is not in it is nowhere. */
  everything(): string;
  /** How SQLite carries out each statement the ledger has run so far. */
  plans(): { readonly statement: string; readonly plan: string }[];
}

export function openTables(): OpenTables {
  const db = new DatabaseSync(':memory:');
  for (const statement of MIGRATIONS.flat()) db.exec(statement);
  db.exec('BEGIN');
  const sql = sqlOver(db);
  const statements = new Set<string>();
  const watched: Sql = {
    all: (statement, ...values) => sql.all((statements.add(statement), statement), ...values),
    run: (statement, ...values) => sql.run((statements.add(statement), statement), ...values),
  };
  const tx = { ...surroundingsOf({ secretKey: new Uint8Array(32).fill(7), tracker: 'binom' }), sql: watched };
  const call = async (verb: Verb, args: readonly unknown[]) => verb(tx, ...(args as never[]));
  const rows = (statement: string, ...values: SqlValue[]) => sql.all(statement, ...values) as Row[];
  return {
    ledger: { ...byName(WRITES, call), ...byName(READS, call) } as unknown as Ledger,
    rows,
    everything: () =>
      rows(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
        .map(({ name }) => JSON.stringify(rows(`SELECT * FROM ${String(name)}`)))
        .join('\n'),
    plans: () =>
      [...statements].map((statement) => {
        const steps = db.prepare(`EXPLAIN QUERY PLAN ${statement.replace(/\$(\d+)/g, '?$1')}`).all();
        return { statement, plan: steps.map(({ detail }) => String(detail)).join('; ') };
      }),
  };
}
