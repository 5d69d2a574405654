/** The verdict which click an order belongs to, with every candidate and the reason it won or lost. */

/** Why a candidate did not win. */
export type LosingReason =
  | 'bad-click-id'
  | 'click-after-order'
  | 'click-too-old'
  | 'ambiguous-join-key'
  | 'outranked'
  | 'not-the-last-click'
  | 'not-the-first-click'
  | 'verdict-frozen';

/** Why an order has no click. */
export type NoClickReason =
  'no-click' | 'bad-click-id' | 'click-after-order' | 'click-too-old' | 'ambiguous-join-key' | 'erased';

export interface Candidate {
  readonly clickId: string;
  /** `operator`, `order.click_id`, `url.…`, `cookie.…`, `join_key`, `visitor`, `subscription` or `customer`. */
  readonly via: string;
  /** When the click was made, epoch ms; null where nobody said. */
  readonly clickedAt: number | null;
  /** `won`, or why not. */
  readonly outcome: 'won' | LosingReason;
}

export type Verdict =
  | {
      readonly clickId: string;
      readonly via: string;
      readonly reason: null;
      readonly candidates: readonly Candidate[];
    }
  | {
      readonly clickId: null;
      readonly via: null;
      readonly reason: NoClickReason;
      readonly candidates: readonly Candidate[];
    };

/** The verdict on an order whose person was erased. */
export const ERASED: Verdict = { clickId: null, via: null, reason: 'erased', candidates: [] };
