/** One thing that happened, in one line. */
import { wrapped } from '../layout.ts';
import { timeOfDay } from '../moments.ts';
import type { Paint } from '../paint.ts';
import { noClickWords, placeWords, stateWords } from '../words.ts';

export type HappeningRow = { readonly shop: string; readonly at: string } & (
  | {
      readonly what: 'click';
      readonly click_id: string | null;
      readonly via: string | null;
      readonly page: string | null;
      readonly fresh: boolean;
    }
  | { readonly what: 'bad-click-id'; readonly page: string | null; readonly reason: string }
  | {
      readonly what: 'order';
      readonly order_id: string;
      readonly status: string;
      readonly amount: string;
      readonly currency: string;
      readonly click_id: string | null;
      readonly via: string | null;
      readonly reason: string | null;
      readonly effect: string;
    }
  | {
      readonly what: 'attempt';
      readonly order_id: string;
      readonly click_id: string;
      readonly payout: string;
      readonly currency: string;
      readonly attempt: number;
      readonly state: string;
      readonly reason: string | null;
      readonly status: number | null;
      readonly ms: number;
    }
);

/** Null for what nobody needs to see, such as a repeat. */
export function happeningLine(row: HappeningRow, paint: Paint): string | null {
  const words = wordsOf(row, paint);
  return words === null ? null : wrapped(`${paint.dim(timeOfDay(row.at))}  ${words}`, ' '.repeat(20));
}

function wordsOf(row: HappeningRow, paint: Paint): string | null {
  switch (row.what) {
    case 'click':
      if (!row.fresh || row.click_id === null) return null;
      return `click     ${row.click_id}  ${pageWords(row.page)}${row.via === null ? '' : ` ("${row.via}")`}`;
    case 'bad-click-id':
      return paint.warn(`bad id    ${pageWords(row.page)}: ${BAD[row.reason] ?? row.reason}`);
    case 'order': {
      if (row.effect === 'repeat') return null;
      const click = row.click_id === null ? noClickWords(row.reason ?? '') : `click ${row.click_id}`;
      const via = row.via === null || row.via === 'order.click_id' ? '' : `, ${placeWords(row.via)}`;
      return `order     ${row.order_id}  ${row.status.replaceAll('_', ' ')} ${row.amount} ${row.currency}  ${click}${via}`;
    }
    case 'attempt': {
      const answer = row.status === null ? `${row.ms} ms` : `${row.status} in ${row.ms} ms`;
      const isGood = row.state === 'accepted';
      const state = (isGood ? paint.good : paint.warn)(stateWords(row));
      return `postback  ${row.order_id}  ${row.payout} ${row.currency}  try ${row.attempt}: ${state} (${answer})`;
    }
  }
}

const BAD: Readonly<Record<string, string>> = {
  macro: 'the click id is a macro that nobody replaced; fix the lander URL in Binom',
  filler: 'the click id is a filler word; fix the lander URL in Binom',
  charset: 'the click id holds characters that no tracker makes',
};

function pageWords(page: string | null): string {
  return page === null ? 'a page' : page.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
