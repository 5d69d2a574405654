/** Postbacks sent again by an operator, or looked at first: each URL, and the money in it by currency. */
import { Rejected } from '../core/errors.ts';
import { sumDecimals } from '../core/money.ts';
import type { Clock, Ledger, Replayed, Tracker } from '../core/ports.ts';
import type { PostbackState, Report } from '../core/postback.ts';
import { trackerNamed } from './tracker-named.ts';

export interface ReplayPostbacksNeeds {
  readonly ledger: Pick<Ledger, 'replay' | 'replayMany'>;
  readonly trackers: ReadonlyMap<string, Tracker>;
  readonly clock: Clock;
  readonly wake: () => void;
}

interface How {
  readonly shop: string;
  readonly dryRun: boolean;
  readonly actor: string;
}

export interface SentAgain {
  readonly postbackId: string;
  /** As it would leave now. */
  readonly url: string;
  readonly report: Report;
}

export interface ReplayPostbacks {
  one(ask: How & { postbackId: string }): Promise<SentAgain>;
  many(ask: How & { states: readonly PostbackState[]; from: number | null; to: number | null }): Promise<{
    readonly postbacks: readonly SentAgain[];
    /** The sum of payouts by currency, decimal text. */
    readonly totals: Readonly<Record<string, string>>;
  }>;
}

export function replayPostbacks({ ledger, trackers, clock, wake }: ReplayPostbacksNeeds): ReplayPostbacks {
  const shown = ({ postbackId, tracker, report, settings }: Replayed): SentAgain => {
    return { postbackId, url: trackerNamed(trackers, tracker).url(settings, report), report };
  };
  return {
    async one(ask) {
      const replay = await ledger.replay({ ...ask, now: clock.now() });
      if (replay.outcome !== 'due') throw refusal(replay.outcome);
      if (!ask.dryRun) wake();
      return shown(replay.replayed);
    },
    async many(ask) {
      const postbacks = (await ledger.replayMany({ ...ask, now: clock.now() })).map(shown);
      if (!ask.dryRun && postbacks.length > 0) wake();
      return { postbacks, totals: totalsOf(postbacks) };
    },
  };
}

function totalsOf(postbacks: readonly SentAgain[]): Record<string, string> {
  const byCurrency = Map.groupBy(postbacks, ({ report }) => report.currency);
  return Object.fromEntries(
    [...byCurrency].map(([currency, group]) => [
      currency,
      sumDecimals(group.map(({ report }) => report.payout)),
    ]),
  );
}

function refusal(outcome: 'not-found' | 'no-tracker' | 'in-flight' | 'nothing-to-tell'): Rejected {
  switch (outcome) {
    case 'not-found':
      return new Rejected('not-found', 'there is no such postback', 'id');
    case 'no-tracker':
      return new Rejected('wrong-state', 'no tracker is connected: connect one, then replay');
    case 'in-flight':
      return new Rejected('wrong-state', 'it is on its way now; look again in a moment');
    case 'nothing-to-tell':
      return new Rejected(
        'wrong-state',
        'there is nothing left to tell: its order changed, or another postback tells it already',
      );
  }
}
