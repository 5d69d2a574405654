/** The ledger of tests and of `LEDGER_URL=memory:`: the same verbs on SQLite in memory, one at a time, gone at the end. */
import { backup, DatabaseSync } from 'node:sqlite';
import type { Ledger } from '../core/ports.ts';
import { batchesOn } from './sql/batch.ts';
import { byName, type Verb } from './sql/by-name.ts';
import { sqlOver } from './sql/node-sqlite.ts';
import { probe } from './sql/probe.ts';
import { MIGRATIONS } from './sql/schema.ts';
import { type LedgerSettings, surroundingsOf } from './sql/surroundings.ts';
import { READS, WRITES } from './sql/verbs.ts';

export function openMemory(settings: LedgerSettings): Ledger {
  const db = new DatabaseSync(':memory:');
  for (const statement of MIGRATIONS.flat()) db.exec(statement);
  const tx = { ...surroundingsOf(settings), sql: sqlOver(db) };
  const runBatch = batchesOn(db, 'BEGIN IMMEDIATE');
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(job: () => Promise<Result>): Promise<Result> => {
    const done = last.then(job);
    last = done.catch(() => undefined);
    return done;
  };
  const call = (verb: Verb, args: readonly unknown[], keep = true) =>
    inTurn(async () => {
      const [answer] = await runBatch([{ run: () => verb(tx, ...(args as never[])), keep }]);
      if (answer === undefined || 'error' in answer) throw answer?.error;
      return answer.value;
    });

  return {
    ...byName(WRITES, (verb, args) => call(verb, args)),
    ...byName(READS, (verb, args) => call(verb, args)),
    previewOrder: (news) => call(WRITES.receiveOrder, [news], false) as ReturnType<Ledger['previewOrder']>,
    ready: () => call(probe, []) as Promise<void>,
    backup: (path) =>
      inTurn(async () => {
        await backup(db, path);
      }),
    close: () =>
      inTurn(async () => {
        if (db.isOpen) db.close();
      }),
  };
}
