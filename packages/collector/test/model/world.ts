// One case of the model test: the ledger under test, a Binom to report to, a clock, and the shop's own book of orders.
import { expect } from 'vitest';
import type { Repeats } from '../../src/core/connection.ts';
import type { OrderNews } from '../../src/core/order.ts';
import type { Claim, Ledger } from '../../src/core/ports.ts';
import type { PostbackStory, RaisedNotice } from '../../src/core/stories.ts';
import { HOUR, MINUTE, NO_JITTER, NOW, SECOND, settingsOf } from '../support/samples.ts';
import { OrderBook } from './order-book.ts';
import { outcomeOf, StandIn, type Try } from './stand-in.ts';
import type { Answer, Case, Statuses, Step } from './steps.ts';

export interface Mode {
  readonly repeats: Repeats;
  /** What is said later, where nobody has said it at first. */
  readonly later?: Repeats;
  /** Whether the offers of this Binom have their Upsell box ticked. */
  readonly upsell: boolean;
}

/** Short, so that cases get to its end. */
const POLICY = { schedule: [0, 5 * SECOND, 30 * SECOND, 2 * MINUTE], uncertainWait: MINUTE };
const SHOP = 'main';
const BY = { shop: SHOP, actor: 'the model test' };

export class World {
  readonly terms: Case;
  readonly #mode: Mode;
  readonly ledger: Ledger;
  readonly book = new OrderBook();
  readonly binom: StandIn;
  /** Called with every claim, before it leaves. */
  onClaim: (claim: Claim) => Promise<void> | void = () => undefined;
  /** Statuses that were not set at some time. */
  readonly everUnset = new Set<string>();
  now = NOW;
  /** What the tracker is said to do with a repeat. */
  repeats: Repeats;
  #statuses: Statuses;
  #beacons = 0;

  constructor(terms: Case, mode: Mode, ledger: Ledger) {
    this.terms = terms;
    this.#mode = mode;
    this.repeats = mode.repeats;
    this.#statuses = terms.statuses;
    this.ledger = ledger;
    this.binom = new StandIn(mode.upsell);
  }

  /** Whether something was told before it was known what a repeat does. */
  get wasUnsaid(): boolean {
    return this.#mode.repeats === null;
  }

  get clicks(): string[] {
    return Array.from({ length: this.terms.clicks }, (_, index) => `c${index}`);
  }

  get orderIds(): string[] {
    return this.terms.orders.map((_, index) => `o${index}`);
  }

  start(): Promise<void> {
    return this.#connect(this.terms.statuses, true);
  }

  async take(step: Step): Promise<void> {
    this.now += 1;
    switch (step.do) {
      case 'hear':
        return this.#hear(step);
      case 'hear-again':
        return this.#hearAgain(step);
      case 'beacon':
        return this.beacon(this.#orderAt(step.order));
      case 'stray':
        return this.#stray(step);
      case 'claim':
        await this.claim(step.limit);
        return;
      case 'send':
        return this.#send(step);
      case 'settle':
        return this.#settleNth(step.nth);
      case 'deliver':
        this.now += step.after;
        for (const claimed of await this.claim(1)) await this.deliver(claimed, step.answer);
        return;
      case 'give-back':
        return this.#giveBack(step.nth);
      case 'resolve':
        return this.#nth(await this.postbacks('uncertain'), step.nth, (row) => this.resolve(row));
      case 'replay':
        return this.#nth(await this.lost(), step.nth, async (row) => {
          await this.replay(row);
        });
      case 'wait':
        this.now += step.ms;
        return;
      case 'settings':
        return this.#connect(step.statuses, step.enabled);
      case 'say':
        return this.say();
    }
  }

  async claim(limit: number): Promise<Try[]> {
    // Whoever claims next settles what was left in flight: nobody knows what became of it.
    for (const each of this.binom.overdue(this.now)) each.outcome = 'unknown';
    const ask = { now: this.now, limit, leaseMs: MINUTE, policy: POLICY, random: NO_JITTER };
    const { claims } = await this.ledger.claimDue(ask);
    expect(claims.length).toBeLessThanOrEqual(Math.min(limit, this.terms.inFlight));
    const made: Try[] = [];
    for (const claim of claims) {
      await this.onClaim(claim);
      made.push(this.binom.claimed(claim, this.now));
    }
    return made;
  }

  async deliver(claimed: Try, answer: Answer): Promise<void> {
    this.binom.send(claimed, answer);
    await this.settle(claimed);
  }

  /** Reports what came of an attempt; too late where its lease is over, and then it must not be taken. */
  async settle(sent: Try): Promise<void> {
    if (sent.answer === null) return;
    const outcome = outcomeOf(sent.answer);
    const { shop, postbackId, token } = sent.claim;
    const settled = await this.ledger.settle({
      ...{ shop, postbackId, token, outcome, notices: [], policy: POLICY, now: this.now, random: NO_JITTER },
      sent: { url: 'https://track.example/', status: null, body: null, ms: 1 },
    });
    expect(settled.outcome).toBe(sent.outcome === 'pending' ? 'settled' : 'stale');
    if (sent.outcome !== 'pending') return;
    sent.outcome = outcome.outcome;
    if (sent.outcome === 'accepted') sent.acceptedAt = this.now;
  }

  /** A person looks at Binom and tells the truth: it counted; or it is sent again, or let go where nothing is left to tell. */
  async resolve(row: PostbackStory): Promise<void> {
    const shown = this.binom.row(row.clickId);
    const isShown = shown?.payout === row.reported?.payout && shown?.status === row.reported?.status;
    const counted = row.orderId === null ? isShown : this.binom.wasCounted(row.id);
    if (!counted && (await this.replay(row)) === 'due') return;
    if (counted) this.binom.vouchFor(row.id, this.now);
    const as = counted ? 'accepted' : 'abandoned';
    expect(await this.ledger.resolve({ ...BY, now: this.now, postbackId: row.id, as })).toBe('done');
  }

  /** A person sends it again who has made sure that Binom does not have it. */
  async replay(row: PostbackStory): Promise<string> {
    if (row.orderId !== null && this.binom.wasCounted(row.id)) return 'counted';
    return (await this.ledger.replay({ ...BY, now: this.now, postbackId: row.id, dryRun: false })).outcome;
  }

  async beacon(orderId: string, click = this.clickOf(orderId), clickedAt = NOW - 2 * HOUR): Promise<void> {
    const { by } = this.terms.orders[Number(orderId.slice(1))]!;
    await this.ledger.recordClick({
      ...{
        shop: SHOP,
        beaconId: `b${(this.#beacons += 1)}`,
        clickId: click,
        via: 'clickid',
        url: null,
        ref: null,
      },
      ...(by === 'join_key'
        ? { visitorId: null, joinKey: `k-${orderId}` }
        : { visitorId: `v-${orderId}`, joinKey: null }),
      ...{ clickedAt, receivedAt: this.now },
    });
  }

  clickOf(orderId: string): string {
    return `c${this.terms.orders[Number(orderId.slice(1))]!.click % this.terms.clicks}`;
  }

  async postbacks(...states: readonly PostbackStory['state'][]): Promise<PostbackStory[]> {
    const all: PostbackStory[] = [];
    for (const clickId of this.clicks)
      all.push(...((await this.ledger.click(SHOP, clickId))?.postbacks ?? []));
    return all.filter((row) => states.includes(row.state));
  }

  /** What never arrived, as far as a person would know: what had nothing left to tell is nobody's business. */
  async lost(): Promise<PostbackStory[]> {
    const rows = await this.postbacks('refused', 'abandoned');
    return rows.filter((row) => row.reason !== 'nothing left to tell');
  }

  async notice(code: RaisedNotice['code'], subject?: string): Promise<boolean> {
    const all = await this.ledger.notices(SHOP);
    return all.some((each) => each.code === code && (subject === undefined || each.subject === subject));
  }

  async say(): Promise<void> {
    this.repeats = this.#mode.later ?? this.repeats;
    await this.#connect(this.#statuses, true);
  }

  async #connect(statuses: Statuses, enabled: boolean): Promise<void> {
    this.#statuses = statuses;
    for (const [name, text] of Object.entries(statuses)) if (text === null) this.everUnset.add(name);
    const { fixedPayout, inFlight } = this.terms;
    const settings = settingsOf({ repeats: this.repeats, statuses, fixedPayout, inFlight, enabled });
    await this.ledger.saveConnection({ ...BY, now: this.now, tracker: 'binom', settings });
  }

  /** The end: the tracker is well, people look after what waits for them, time goes on until nothing is left to do. */
  async drain(): Promise<void> {
    for (const orderId of this.orderIds) if (this.book.known(orderId) !== null) await this.beacon(orderId);
    await this.#connect({ ...this.terms.statuses }, true);
    for (let round = 0; round < 60; round += 1) {
      this.now += HOUR;
      const claimed = await this.claim(100);
      for (const each of claimed) await this.deliver(each, 'ok');
      if (claimed.length > 0) continue;
      for (const row of await this.postbacks('uncertain')) await this.resolve(row);
      for (const row of await this.lost()) await this.replay(row);
      if ((await this.postbacks('due', 'sending', 'uncertain')).length === 0) return;
    }
    expect.fail('it never came to rest');
  }

  async #hear(step: Extract<Step, { do: 'hear' }>): Promise<void> {
    const orderId = this.#orderAt(step.order);
    const news = this.#newsOf(orderId, step);
    if (!this.book.isFree(orderId, news.occurredAt ?? news.receivedAt)) return;
    const { occurredAt, status, amount, refunded } = news;
    const isKnown = this.book
      .heard(orderId)
      .some(
        (each) =>
          each.occurredAt === occurredAt &&
          each.status === status &&
          each.amount === amount &&
          each.refunded === refunded,
      );
    const received = await this.ledger.receiveOrder(news);
    expect(received).toMatchObject({ outcome: 'stored' });
    if (isKnown) expect(received).toMatchObject({ effect: 'repeat' });
    else this.book.hear(news);
  }

  /** The same news once more changes nothing. */
  async #hearAgain({ order, nth }: { order: number; nth: number }): Promise<void> {
    const orderId = this.#orderAt(order);
    const heard = this.book.heard(orderId);
    const news = heard[nth % Math.max(heard.length, 1)];
    if (news === undefined) return;
    const before = await this.ledger.order(SHOP, orderId);
    const received = await this.ledger.receiveOrder({ ...news, receivedAt: this.now, source: 'another' });
    expect(received).toMatchObject({ outcome: 'stored', effect: 'repeat' });
    expect(await this.ledger.order(SHOP, orderId)).toEqual(before);
  }

  #newsOf(orderId: string, { status, price, refund, ago }: Extract<Step, { do: 'hear' }>): OrderNews {
    const index = Number(orderId.slice(1));
    const { by, currency, test } = this.terms.orders[index]!;
    // Every order's money has digits of its own, so that a sum shows what is in it.
    const amount = [100n, 150n, 200n][price]! * 1000n ** BigInt(index);
    return {
      ...{ shop: SHOP, orderId, source: 'api', status, amount, currency, test },
      refunded: [null, 0n, amount / 4n, amount][refund]!,
      kind: by === 'subscription' ? 'rebill' : 'sale',
      ...{
        placedAt: NOW,
        occurredAt: ago === null ? null : this.now - ago * MINUTE,
        receivedAt: this.now,
      },
      found: by === 'click_id' ? [{ via: 'order.click_id', value: this.clickOf(orderId) }] : [],
      ...{ visitorIds: by === 'subscription' ? [] : [`v-${orderId}`], joinKeys: [`k-${orderId}`] },
      ...{ customerId: null, subscriptionId: `s-${this.clickOf(orderId)}` },
    };
  }

  #stray({ order, click }: { order: number; click: number }): Promise<void> {
    return this.beacon(this.#orderAt(order), `c${click % this.terms.clicks}`, NOW - HOUR);
  }

  #send({ nth, answer }: { nth: number; answer: Answer }): Promise<void> {
    const waiting = this.binom.open(this.now).filter((each) => each.answer === null);
    return this.#nth(waiting, nth, (each) => this.binom.send(each, answer));
  }

  /** In its time or late: a process may be slow to say what it knows. */
  #settleNth(nth: number): Promise<void> {
    return this.#nth(
      this.binom.tries.filter((each) => each.answer !== null && each.outcome !== 'given-back'),
      nth,
      (each) => this.settle(each),
    );
  }

  #giveBack(nth: number): Promise<void> {
    const unsent = this.binom.tries.filter((each) => each.answer === null && each.outcome === 'pending');
    return this.#nth(unsent, nth, async (each) => {
      await this.ledger.giveBack([each.claim], this.now);
      each.outcome = 'given-back';
    });
  }

  async #nth<Item>(
    items: readonly Item[],
    nth: number,
    act: (item: Item) => Promise<void> | void,
  ): Promise<void> {
    const item = items[nth % Math.max(items.length, 1)];
    if (item !== undefined) await act(item);
  }

  #orderAt(order: number): string {
    return `o${order % this.terms.orders.length}`;
  }
}
