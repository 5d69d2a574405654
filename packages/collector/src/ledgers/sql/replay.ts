import type { Connection } from '../../core/connection.ts';
import type { Postback } from '../../core/postback.ts';
import type { Audited, Replayed, ReplayOutcome } from '../../core/ports.ts';
import { replayOf } from '../../core/replay.ts';
import { accountOf, connectionOf, loadPostback, savePostback } from './accounts.ts';
import { audit } from './audit.ts';
import { raise, withdrawEnding } from './notices.ts';
import type { Tx } from './sql.ts';

/** Sends one postback again, or now if it waits; a dry run only tells what would go out. */
export async function replay(
  tx: Tx,
  ask: Audited & { readonly shop: string; readonly postbackId: string; readonly dryRun: boolean },
): Promise<ReplayOutcome> {
  const { shop, postbackId, dryRun } = ask;
  const row = await loadPostback(tx, shop, postbackId);
  if (row === null) return { outcome: 'not-found' };
  const connection = await connectionOf(tx, shop, row.tracker);
  const outcome = await replayRow(tx, row, { ...ask, connection });
  if (outcome.outcome !== 'due') return outcome;
  if (!dryRun) await audit(tx, ask, { action: 'replay', postbackId });
  return { outcome: 'due', replayed: outcome.replayed };
}

type RowReplayed =
  | { readonly outcome: 'due'; readonly goesOut: Postback; readonly replayed: Replayed }
  | { readonly outcome: 'no-tracker' | 'in-flight' | 'nothing-to-tell' };

/** One replay by its rules. A dry run names the row that was asked for, for its click's row may not exist yet. */
export async function replayRow(
  tx: Tx,
  row: Postback,
  { connection, now, dryRun }: { connection: Connection | null; now: number; dryRun: boolean },
): Promise<RowReplayed> {
  const account = await accountOf(tx, row.shop, { clickId: row.clickId, connection });
  const current = account.postbacks.find((each) => each.id === row.id) ?? row;
  const replayed = replayOf(account, current, { now, newId: tx.newId });
  if (replayed.outcome !== 'due') return replayed;
  if (connection === null) return { outcome: 'no-tracker' };
  const isKnown = account.postbacks.some((each) => each.id === replayed.row.id);
  const postbackId = dryRun && !isKnown ? row.id : replayed.row.id;
  if (!dryRun) {
    for (const postback of replayed.postbacks) await savePostback(tx, postback);
    await withdrawEnding(tx, row);
    for (const notice of replayed.notices) await raise(tx, notice, now);
  }
  const { report, row: goesOut } = replayed;
  return {
    outcome: 'due',
    goesOut,
    replayed: { postbackId, tracker: row.tracker, report, settings: connection.settings },
  };
}
