// Loaded into the collector's process, and into its threads, by NODE_OPTIONS=--import: ends it with SIGKILL at one named
// moment. The product knows nothing of this; what is hooked is Node's SQLite and undici's diagnostics channels.
// https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
import { subscribe } from 'node:diagnostics_channel';
import { type SQLInputValue, type StatementResultingChanges, StatementSync } from 'node:sqlite';

const ON_THE_WIRE: Readonly<Record<string, string>> = {
  // Published just before the request's bytes are written.
  'before-send': 'undici:client:sendHeaders',
  // Published when the whole answer has been read, before its handler hears of it.
  'after-answer': 'undici:request:trailers',
};

/** The statement that marks the transaction, and on which side of its COMMIT the process ends. */
const IN_THE_LEDGER: Readonly<Record<string, { mark: RegExp; side: 'before' | 'after' }>> = {
  'order-before-commit': { mark: /^INSERT INTO order_news/, side: 'before' },
  'order-after-commit': { mark: /^INSERT INTO order_news/, side: 'after' },
  'claim-before-commit': { mark: /^INSERT INTO attempts/, side: 'before' },
  'settle-before-commit': { mark: /^UPDATE attempts SET outcome = \?1, reason/, side: 'before' },
};

const point = process.env['CHAOS_KILL_AT'] ?? '';
const channel = ON_THE_WIRE[point];
const commit = IN_THE_LEDGER[point];
if (channel !== undefined) subscribe(channel, die);
if (commit !== undefined) dieAtCommit(commit);

type Run = (this: StatementSync, ...values: SQLInputValue[]) => StatementResultingChanges;

function dieAtCommit({ mark, side }: { mark: RegExp; side: 'before' | 'after' }): void {
  const run: Run = StatementSync.prototype.run;
  let isMarked = false;
  const runOrDie = function (this: StatementSync, ...values: SQLInputValue[]) {
    const { sourceSQL } = this;
    if (mark.test(sourceSQL)) isMarked = true;
    const isCommit = isMarked && sourceSQL === 'COMMIT';
    if (isCommit && side === 'before') die();
    const result = run.apply(this, values);
    if (isCommit) die();
    return result;
  };
  StatementSync.prototype.run = runOrDie as typeof StatementSync.prototype.run;
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
