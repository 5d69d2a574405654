/** What an operator reads back from the ledger: one order, one click or the queue, explained. */
import type { Click } from './click.ts';
import type { Notice } from './notice.ts';
import type { Order, OrderNews } from './order.ts';
import type { Outcome } from './outcome.ts';
import { type Postback, POSTBACK_STATES, type PostbackState, type Report } from './postback.ts';

/** One try at sending a postback, written down before it left. */
export interface Attempt {
  readonly postbackId: string;
  /** Counted from 1 over the postback's whole life. */
  readonly attempt: number;
  readonly startedAt: number;
  readonly report: Report;
  /** `pending` while it is on its way; `given-back` when it was never sent. */
  readonly outcome: Outcome['outcome'] | 'pending' | 'given-back';
  readonly reason: string | null;
  readonly warning: string | null;
  /** What went over the wire; null before the answer, and for an attempt the process did not live to finish. */
  readonly url: string | null;
  readonly status: number | null;
  /** At most 2 KiB of the answer. */
  readonly body: string | null;
  readonly ms: number | null;
}

export interface PostbackStory extends Postback {
  readonly tries: readonly Attempt[];
}

export interface HeardNews extends OrderNews {
  readonly effect: 'created' | 'changed' | 'older';
}

export interface RaisedNotice extends Notice {
  readonly firstAt: number;
  readonly lastAt: number;
  readonly times: number;
}

export interface OrderStory {
  readonly order: Order;
  /** In the order it was received. */
  readonly news: readonly HeardNews[];
  readonly postbacks: readonly PostbackStory[];
  readonly notices: readonly RaisedNotice[];
}

export interface ClickStory {
  readonly clickId: string;
  readonly beacons: readonly Click[];
  readonly orders: readonly Order[];
  readonly postbacks: readonly PostbackStory[];
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Pass it back to get the next page; null on the last one. */
  readonly cursor: string | null;
}

export interface OrderQuery {
  readonly shop: string;
  readonly status: string | null;
  readonly attributed: boolean | null;
  /** An order id, a click id or a visitor id, whole. */
  readonly q: string | null;
  readonly limit: number;
  readonly cursor: string | null;
}

export interface PostbackQuery {
  readonly shop: string;
  readonly state: PostbackState | null;
  readonly limit: number;
  readonly cursor: string | null;
}

/** Sums for one shop and a span of time. Money in minor units, by currency. */
export interface Summary {
  readonly clicks: number;
  readonly orders: number;
  readonly attributed: number;
  readonly unattributed: Readonly<Record<string, number>>;
  readonly postbacks: Readonly<Partial<Record<PostbackState, number>>>;
  readonly paid: Readonly<Record<string, bigint>>;
  readonly accepted: Readonly<Record<string, bigint>>;
}

/** What the gauges count: accepted postbacks grow without end and are counted as they happen. */
export const QUEUE_STATES = POSTBACK_STATES.filter((state) => state !== 'accepted');

/** Gauges for `/metrics`. */
export interface QueueGauges {
  /** What waits, is on its way or needs a look. */
  readonly byState: Readonly<Partial<Record<PostbackState, number>>>;
  /** When the oldest postback that waits was planned; null when nothing waits. */
  readonly oldestDueAt: number | null;
  readonly pausedTrackers: number;
  readonly openBreakers: number;
}
