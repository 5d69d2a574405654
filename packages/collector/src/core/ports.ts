/** What the flows need from the world. Each port is declared here, on the side that uses it. */
import type { BadClickId, Click } from './click.ts';
import type { Connection, ConnectionSettings, Health } from './connection.ts';
import type { Notice } from './notice.ts';
import type { Order, OrderNews } from './order.ts';
import type { Outcome } from './outcome.ts';
import type { Postback, PostbackState, Report } from './postback.ts';
import type { RetryPolicy } from './retry.ts';
import type { Shop } from './shop.ts';
import type * as story from './stories.ts';

/** What became of a beacon. */
export interface ClickRecorded {
  /** False when this beacon id was known already. */
  readonly fresh: boolean;
  /** Orders that waited for this click and have it now. */
  readonly attached: readonly string[];
}

export type OrderReceived =
  | {
      readonly outcome: 'stored';
      /** `repeat`: the same news again, which changed nothing. */
      readonly effect: 'created' | 'changed' | 'older' | 'repeat';
      readonly order: Order;
      /** The postback that stands for this order; null when there is nothing to send. */
      readonly postback: Pick<Postback, 'id' | 'state' | 'reason'> | null;
    }
  | { readonly outcome: 'other-currency'; readonly known: string }
  | { readonly outcome: 'erased' };

export interface ClaimAsk {
  readonly now: number;
  readonly limit: number;
  readonly leaseMs: number;
  readonly policy: RetryPolicy;
  readonly random: number;
}

/** A postback taken for sending. The attempt is already written down. */
export interface Claim {
  readonly postbackId: string;
  readonly shop: string;
  readonly tracker: string;
  /** Proves that the result belongs to this claim and not to an older one whose lease ran out. */
  readonly token: string;
  readonly attempt: number;
  readonly report: Report;
  readonly settings: ConnectionSettings;
}

export interface Claimed {
  readonly claims: readonly Claim[];
  /** When something falls due next; null when nothing waits. Epoch ms. */
  readonly nextAt: number | null;
}

/** What went over the wire, for the record. */
export interface Sent {
  readonly url: string;
  readonly status: number | null;
  readonly body: string | null;
  readonly ms: number;
}

export interface SettleAsk {
  readonly shop: string;
  readonly postbackId: string;
  readonly token: string;
  readonly outcome: Outcome;
  readonly sent: Sent;
  readonly notices: readonly Notice[];
  readonly policy: RetryPolicy;
  readonly now: number;
  readonly random: number;
}

/** `stale`: the claim had run out and somebody else has the postback; the result was not taken. */
export type Settled =
  | { readonly outcome: 'stale' }
  | { readonly outcome: 'settled'; readonly state: PostbackState; readonly dueAt: number | null };

export interface ApiKey {
  readonly shop: string;
  readonly id: string;
  /** Hex SHA-256 of the key; the key itself is shown once and never stored. */
  readonly hash: string;
  readonly label: string;
  readonly createdAt: number;
}

/** Everything small that every request needs: who may talk to us, about which shop. */
export interface Directory {
  readonly shops: readonly Shop[];
  readonly keys: readonly ApiKey[];
}

/** An operator's change, for the audit log. */
export interface Audited {
  readonly actor: string;
  readonly now: number;
}

export interface SaveConnection extends Audited {
  readonly shop: string;
  readonly tracker: string;
  readonly settings: ConnectionSettings;
  /** A secret for the tracker's own API: text to store, null to remove, undefined to leave. */
  readonly apiKey?: string | null;
}

export interface ConnectionSaved {
  readonly connection: Connection;
  /** Clicks that keep the mode they were first reported in. */
  readonly clicksKeepingMode: number;
  /** Other shops that report to the same tracking domain. */
  readonly sharedWith: readonly string[];
  /** Postbacks that were not sent because no tracker was connected; replayable. */
  readonly skippedBefore: number;
}

export interface ReplayQuery extends Audited {
  readonly shop: string;
  readonly states: readonly PostbackState[];
  /** When they were planned: from a moment up to, not including, another; null leaves that side open. Epoch ms. */
  readonly from: number | null;
  readonly to: number | null;
  readonly dryRun: boolean;
}

/** A postback that a replay sends (or would send) and what it would tell. */
export interface Replayed {
  readonly postbackId: string;
  readonly tracker: string;
  readonly report: Report;
  readonly settings: ConnectionSettings;
}

export type ReplayOutcome =
  | { readonly outcome: 'due'; readonly replayed: Replayed }
  | { readonly outcome: 'not-found' | 'no-tracker' | 'in-flight' | 'nothing-to-tell' };

export type AttachOutcome =
  { readonly outcome: 'attached'; readonly order: Order } | { readonly outcome: 'not-found' | 'frozen' };

export type ErasedPerson =
  { readonly visitorId: string } | { readonly orderId: string } | { readonly clickId: string };

export interface Erased {
  readonly beacons: number;
  readonly orders: number;
}

/**
 * Where all of it is written down. Each verb loads, lets core decide and writes, in one transaction; when its promise
 * fulfils, the change is on disk. A verb that could not be done rejects with `Unavailable` and changed nothing.
 */
export interface Ledger {
  recordClick(click: Click): Promise<ClickRecorded>;
  countBadClickId(bad: BadClickId): Promise<void>;
  receiveOrder(news: OrderNews): Promise<OrderReceived>;
  /** The answer `receiveOrder` would give; nothing is stored. */
  previewOrder(news: OrderNews): Promise<OrderReceived>;

  claimDue(ask: ClaimAsk): Promise<Claimed>;
  settle(ask: SettleAsk): Promise<Settled>;
  /** Gives claims back that were never sent. */
  giveBack(
    claims: readonly Pick<Claim, 'shop' | 'postbackId' | 'token' | 'attempt'>[],
    now: number,
  ): Promise<void>;

  saveShop(shop: Shop, audited: Audited): Promise<void>;
  addKey(key: ApiKey, audited: Audited): Promise<void>;
  removeKey(shop: string, id: string, audited: Audited): Promise<boolean>;
  saveConnection(ask: SaveConnection): Promise<ConnectionSaved>;
  removeConnection(shop: string, tracker: string, audited: Audited): Promise<boolean>;
  /** Ends a pause and closes the breaker: a person said so, or a test succeeded. */
  resumeConnection(shop: string, tracker: string, audited: Audited): Promise<Health | null>;
  attachClick(ask: Audited & { shop: string; orderId: string; clickId: string }): Promise<AttachOutcome>;
  /** Sends a postback again, or now if it waits; the answer may name the row that speaks for its whole click instead. */
  replay(ask: Audited & { shop: string; postbackId: string; dryRun: boolean }): Promise<ReplayOutcome>;
  /**
   * Replays what can be sent of these states, the oldest first, at most 10,000 postbacks in one call; what was replayed is
   * `due` afterwards, so the same call goes on with the rest (of `due` itself it would not: narrow the span).
   */
  replayMany(query: ReplayQuery): Promise<readonly Replayed[]>;
  /** Settles an uncertain postback by a person's word; any other is in the `wrong-state`. */
  resolve(
    ask: Audited & { shop: string; postbackId: string; as: 'accepted' | 'abandoned' },
  ): Promise<'done' | 'not-found' | 'wrong-state'>;
  /**
   * Removes a person and keeps the sums. A click leads to all its orders; a visitor to all clicks and orders; an order to
   * its click and its visitors. Nobody known by that id: nothing is erased.
   */
  erase(ask: Audited & { shop: string; person: ErasedPerson }): Promise<Erased>;
  /** Deletes up to `limit` clicks received before a moment that no order needs; returns how many. */
  forgetClicks(before: number, limit: number): Promise<number>;
  /** Erases about `limit` orders first heard of before a moment, but for their sums; returns how many. */
  forgetOrders(ask: { before: number; limit: number; now: number }): Promise<number>;

  directory(): Promise<Directory>;
  connections(shop: string): Promise<readonly Connection[]>;
  /** A tracker's secret, opened; null when there is none. */
  connectionSecret(shop: string, tracker: string): Promise<string | null>;
  notices(shop: string): Promise<readonly story.RaisedNotice[]>;
  order(shop: string, orderId: string): Promise<story.OrderStory | null>;
  orders(query: story.OrderQuery): Promise<story.Page<Order>>;
  click(shop: string, clickId: string): Promise<story.ClickStory | null>;
  postback(shop: string, id: string): Promise<story.PostbackStory | null>;
  postbacks(query: story.PostbackQuery): Promise<story.Page<Postback>>;
  summary(shop: string, from: number, to: number): Promise<story.Summary>;
  gauges(): Promise<story.QueueGauges>;

  /** Resolves when the ledger can take a write now. */
  ready(): Promise<void>;
  /** Writes a consistent copy while everything goes on. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}

/** What came back over the wire, or how it failed: before anything could have been read by the other side, or after. */
export type WireReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly ms: number;
    }
  | {
      readonly kind: 'never-connected' | 'no-answer' | 'forbidden-address';
      readonly reason: string;
      readonly ms: number;
    };

/** The only outgoing HTTP call: GET, deadlines, no redirects, the address checked on the live socket. */
export interface Wire {
  get(url: string): Promise<WireReply>;
  close(): Promise<void>;
}

/** One ad tracker: how it wants to be told, and how it answers. Pure. */
export interface Tracker {
  readonly name: string;
  /** The postback's URL. */
  url(settings: ConnectionSettings, report: Report): string;
  /** How an attempt ended, by the answer. */
  read(reply: WireReply, now: number): Outcome;
  /** What this tracker is known to be picky about. */
  notices(settings: ConnectionSettings, report: Report): readonly { code: Notice['code']; detail: string }[];
  /** Reads what a person pasted as a tracking domain: a host, or any postback or click URL. */
  readDomain(pasted: string):
    | {
        readonly trackingDomain: string;
        readonly scheme: 'https' | 'http' | null;
        readonly clickPath: string | null;
      }
    | { readonly problem: string };
}

export interface Clock {
  now(): number;
  /** Calls back once after a wait in ms; the returned function cancels it. */
  after(ms: number, call: () => void): () => void;
}

/** One wide JSON line each. */
export interface Log {
  info(event: string, fields: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields: Readonly<Record<string, unknown>>): void;
  error(event: string, fields: Readonly<Record<string, unknown>>): void;
}

/** Something that just happened, for whoever watches: live pages, metrics. */
export type Happening =
  | {
      readonly what: 'click';
      readonly shop: string;
      readonly clickId: string | null;
      readonly via: string | null;
      readonly page: string | null;
      readonly fresh: boolean;
      readonly at: number;
    }
  | {
      readonly what: 'bad-click-id';
      readonly shop: string;
      readonly page: string | null;
      readonly reason: string;
      readonly at: number;
    }
  | {
      readonly what: 'order';
      readonly shop: string;
      readonly orderId: string;
      readonly status: string;
      readonly amount: string;
      readonly currency: string;
      readonly clickId: string | null;
      readonly via: string | null;
      readonly reason: string | null;
      readonly effect: string;
      readonly at: number;
    }
  | {
      readonly what: 'attempt';
      readonly shop: string;
      readonly tracker: string;
      readonly postbackId: string;
      readonly attempt: number;
      readonly clickId: string;
      readonly orderId: string;
      readonly payout: string;
      readonly currency: string;
      readonly outcome: string;
      readonly state: string;
      readonly reason: string | null;
      readonly url: string;
      readonly status: number | null;
      readonly ms: number;
      readonly at: number;
    };

export type Happen = (happening: Happening) => void;
