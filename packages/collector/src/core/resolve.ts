import { type Postback, settle } from './postback.ts';

/**
 * An uncertain postback after a person's word: `accepted`, the tracker counted it; `abandoned`, it did not and is let go.
 * Any other state is left as it is: null.
 */
export function resolved(row: Postback, as: 'accepted' | 'abandoned', now: number): Postback | null {
  if (row.state !== 'uncertain') return null;
  if (as === 'abandoned') return { ...row, state: 'abandoned', mayHaveCounted: false, updatedAt: now };
  return settle(row, { outcome: 'accepted', warning: null }, { ...NEVER_AGAIN, now });
}

/** An acceptance is final: what else settling asks for stands idle. */
const NEVER_AGAIN = { repeats: null, policy: { schedule: [], uncertainWait: 0 }, random: 0 } as const;
