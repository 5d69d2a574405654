/**
 * Group commit: many verbs, one transaction, one fsync; each verb in a savepoint, so that one that throws takes back only
 * what it did itself. When the machine fails instead (disk full, I/O error), SQLite may have dropped the whole
 * transaction: then nothing of the batch is called done, and each verb runs once more in a transaction of its own.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Unavailable } from '../../core/errors.ts';
import { isMachineFault } from './node-sqlite.ts';

export interface Step {
  readonly run: () => unknown;
  /** False takes back what it did: a preview. */
  readonly keep: boolean;
}

export type Answer = { readonly value: unknown } | { readonly error: unknown };

/** Runs a batch; the answers stand in the order of the steps, and what is answered with a value is committed. */
export type RunBatch = (steps: readonly Step[]) => Promise<Answer[]>;

/** `begin` says how a transaction starts: `BEGIN IMMEDIATE` to write, `BEGIN` to read. */
export function batchesOn(db: DatabaseSync, begin: 'BEGIN' | 'BEGIN IMMEDIATE'): RunBatch {
  const statements = {
    begin: db.prepare(begin),
    commit: db.prepare('COMMIT'),
    savepoint: db.prepare('SAVEPOINT verb'),
    takeBack: db.prepare('ROLLBACK TO verb'),
    release: db.prepare('RELEASE verb'),
  };
  return async (steps) => {
    try {
      return await together(db, steps, statements);
    } catch {
      rollBack(db);
    }
    const answers: Answer[] = [];
    for (const step of steps) answers.push(await alone(db, step, statements));
    return answers;
  };
}

type Statements = Readonly<Record<'begin' | 'commit' | 'savepoint' | 'takeBack' | 'release', StatementSync>>;

async function together(db: DatabaseSync, steps: readonly Step[], statements: Statements): Promise<Answer[]> {
  statements.begin.run();
  const answers: Answer[] = [];
  for (const step of steps) answers.push(await inSavepoint(db, step, statements));
  statements.commit.run();
  return answers;
}

async function alone(db: DatabaseSync, step: Step, statements: Statements): Promise<Answer> {
  try {
    const [answer] = await together(db, [step], statements);
    return answer ?? { error: new Error('a verb gave no answer') };
  } catch (error) {
    rollBack(db);
    return { error: unavailable(error) };
  }
}

/** Throws where the batch is over: the machine failed, or the transaction is gone. */
async function inSavepoint(db: DatabaseSync, step: Step, statements: Statements): Promise<Answer> {
  statements.savepoint.run();
  const answer = await answerOf(step);
  if (!db.isTransaction) throw new Error('the transaction was lost');
  if ('error' in answer || !step.keep) statements.takeBack.run();
  statements.release.run();
  return answer;
}

async function answerOf(step: Step): Promise<Answer> {
  try {
    return { value: await step.run() };
  } catch (error) {
    if (isMachineFault(error)) throw error;
    return { error };
  }
}

function rollBack(db: DatabaseSync): void {
  if (db.isTransaction) db.exec('ROLLBACK');
}

function unavailable(cause: unknown): Unavailable {
  const words = cause instanceof Error ? cause.message : String(cause);
  const error = new Unavailable(`The ledger could not do it now: ${words}.`);
  error.cause = cause;
  return error;
}
