// What must hold (docs/orders.md, docs/delivery.md, docs/binom.md): at each claim, after each step, and when all has come to rest.
import { expect } from 'vitest';
import type { Claim } from '../../src/core/ports.ts';
import type { Postback } from '../../src/core/postback.ts';
import type { ClickStory } from '../../src/core/stories.ts';
import { keptOf, type Known, phaseOf } from './order-book.ts';
import type { World } from './world.ts';

interface Own extends Known {
  readonly orderId: string;
  readonly currency: string;
}

/** Everything the test orders leave out is told by somebody else. */
export class Expectations {
  readonly #world: World;
  readonly #frozen = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** What leaves is what is true at that moment. */
  async atClaim(claim: Claim): Promise<void> {
    const { repeats } = this.#world;
    if (repeats === 'replaces') return this.#totalAtClaim(claim);
    const { orderIds, payout } = claim.report;
    const [orderId] = orderIds;
    if (orderId === undefined) {
      expect(minorOf(payout)).toBe(0n);
      return;
    }
    const known = this.#world.book.known(orderId)!;
    const mayHaveLeft = this.#world.binom.of(orderId).some((each) => each.outcome === 'unknown');
    const isMoney = repeats === 'adds' && minorOf(payout) > 0n;
    if (isMoney || !mayHaveLeft) expect(phaseOf(known)).toBe('paid');
    // It may have counted: it is repeated as it was.
    if (phaseOf(known) !== 'paid') return;
    // What was sent twice before anybody had said what that does is known to be one.
    if (repeats === 'adds' && this.#world.wasUnsaid) return;
    const told = repeats === 'adds' ? this.#told(orderId) : 0n;
    if (this.#world.terms.fixedPayout !== null) {
      expect(payout).toBe(told > 0n ? '0.00' : this.#world.terms.fixedPayout);
    } else {
      expect(minorOf(payout)).toBe(known.amount > told ? known.amount - told : 0n);
    }
  }

  async afterStep(): Promise<void> {
    const seen = new Set<string>();
    for (const clickId of this.#world.clicks) {
      const story = await this.#world.ledger.click('main', clickId);
      if (story === null) continue;
      expect(story.postbacks.filter((row) => row.state === 'sending').length).toBeLessThanOrEqual(1);
      this.#oneKindOfRow(story);
      this.#nothingForgotten(story);
      for (const { orderId, frozen } of story.orders) {
        seen.add(orderId);
        expect(clickId).toBe(this.#frozen.get(orderId) ?? clickId);
        if (frozen) this.#frozen.set(orderId, clickId);
      }
    }
    // A frozen verdict keeps its click.
    for (const orderId of this.#frozen.keys()) expect(seen).toContain(orderId);
  }

  /** Money Binom does not know of yet is on its way, or waits where a person can see it. */
  #nothingForgotten({ clickId, orders, postbacks }: ClickStory): void {
    const isWhole = this.#world.repeats === 'replaces';
    const paid = orders
      .filter((order) => !order.test)
      .map(({ orderId }) => this.#own(orderId))
      .filter((order) => phaseOf(order) === 'paid');
    const waits = (orderId: string | null) =>
      postbacks.some((row) => row.orderId === orderId && isAlive(row));
    if (!isWhole) {
      for (const { orderId } of paid) expect(this.#told(orderId) > 0n || waits(orderId)).toBe(true);
      return;
    }
    const row = this.#world.binom.row(clickId);
    const own = paid.filter((order) => order.currency === (row?.currency ?? order.currency));
    if (own.length === 0) return;
    const isShown = row !== undefined && decimalOf(minorOf(row.payout)) === this.#worth(own);
    const isWaiting = waits(null) || (this.#world.wasUnsaid && own.some(({ orderId }) => waits(orderId)));
    expect(isShown || isWaiting).toBe(true);
  }

  async atTheEnd(): Promise<void> {
    for (const clickId of this.#world.clicks) {
      const story = await this.#world.ledger.click('main', clickId);
      const orders = (story?.orders ?? [])
        .filter((order) => !order.test)
        .map(({ orderId }) => this.#own(orderId));
      if (this.#world.repeats === 'replaces') await this.#replaced(clickId, orders);
      else for (const order of orders) await this.#toldAlone(order);
      if (this.#world.repeats === 'adds') this.#added(clickId, orders);
      else if (this.#world.repeats === null) await this.#asked(clickId, orders);
      this.#announcedOnce(clickId);
    }
    await this.#attributed();
  }

  #own(orderId: string): Own {
    const { currency } = this.#world.terms.orders[Number(orderId.slice(1))]!;
    return { ...this.#world.book.known(orderId)!, orderId, currency };
  }

  /** What Binom was told of this order, in minor units. */
  #told(orderId: string): bigint {
    const counted = this.#world.binom.of(orderId).filter((each) => each.counted);
    return counted.reduce((sum, { claim }) => sum + minorOf(claim.report.payout), 0n);
  }

  /** Rows of single orders and the row of the whole click never wait side by side. */
  #oneKindOfRow({ postbacks }: ClickStory): void {
    const isOnItsWay = (row: Postback) => row.state === 'sending' && !this.#world.wasUnsaid;
    const live = postbacks.filter((row) => row.state === 'due' || isOnItsWay(row));
    const isWhole = this.#world.repeats === 'replaces';
    expect(live.every((row) => (row.orderId === null) === isWhole)).toBe(true);
    if (isWhole) expect(postbacks.filter((row) => row.orderId === null).length).toBeLessThanOrEqual(1);
  }

  async #totalAtClaim({ report }: Claim): Promise<void> {
    const story = await this.#world.ledger.click('main', report.clickId);
    const all = (story?.orders ?? []).filter((order) => !order.test).map(({ orderId }) => this.#own(orderId));
    const live = all.filter((order) => phaseOf(order) === 'paid' && order.currency === report.currency);
    expect(report.payout).toBe(this.#worth(live));
    expect([...report.orderIds].sort()).toEqual(live.map((order) => order.orderId).sort());
    if (live.length > 0) expect(report.status).toBe('1');
  }

  #worth(live: readonly Own[]): string {
    const { fixedPayout } = this.#world.terms;
    if (fixedPayout !== null) return decimalOf(minorOf(fixedPayout) * BigInt(live.length));
    return decimalOf(live.reduce((sum, order) => sum + keptOf(order), 0n));
  }

  /** The tracker shows the running net total; or, where that fell to nothing and no status says so, what it was told last. */
  async #replaced(clickId: string, orders: readonly Own[]): Promise<void> {
    const row = this.#world.binom.row(clickId);
    const live = orders.filter((order) => phaseOf(order) === 'paid');
    const foreign = live.filter((order) => row !== undefined && order.currency !== row.currency);
    for (const { orderId } of foreign)
      expect(await this.#world.notice('mixed-currency', `order:${orderId}`)).toBe(true);
    if (row === undefined) {
      expect(live).toEqual([]);
      return;
    }
    const own = live.filter((order) => order.currency === row.currency);
    if (own.length > 0) {
      expect(decimalOf(minorOf(row.payout))).toBe(this.#worth(own));
      return;
    }
    if (minorOf(row.payout) === 0n) return;
    const dead = orders.filter((order) => order.everPaid && order.currency === row.currency);
    const last = dead.reduce((a, b) => (b.changedAt >= a.changedAt ? b : a));
    expect(this.#world.everUnset).toContain(phaseOf(last));
    if (phaseOf(last) === 'pending') return;
    const wasRefused = (await this.#world.lost()).some((each) => each.clickId === clickId);
    if (!wasRefused) expect(await this.#world.notice('correction-not-reported')).toBe(true);
  }

  /** Where payouts add up: the highest amount an order had when it was told, and refunds cannot lower it. */
  #added(clickId: string, orders: readonly Own[]): void {
    const row = this.#world.binom.row(clickId);
    const sum = orders.reduce((total, order) => total + this.#told(order.orderId), 0n);
    expect(minorOf(row?.payout ?? '0')).toBe(sum);
  }

  /** One order, told by itself: never lost, never more than once without a word about it. */
  async #toldAlone(order: Own): Promise<void> {
    const { orderId } = order;
    const told = this.#told(orderId);
    if (phaseOf(order) === 'paid') await this.#notLost(order, told);
    else if (phaseOf(order) !== 'pending' && told > 0n) await this.#takenBack(order);
    const { fixedPayout } = this.#world.terms;
    const stated = this.#world.book.heard(orderId).map((news) => news.amount);
    const once = fixedPayout === null ? stated : [minorOf(fixedPayout)];
    if (told === 0n || once.includes(told)) return;
    // More than once: only where nobody had said what a repeat does, and with the notice that says so.
    expect(this.#world.wasUnsaid).toBe(true);
    const isRevived = await this.#world.notice('order-revived', `order:${orderId}`);
    expect(isRevived || (await this.#world.notice('may-have-counted-twice', `order:${orderId}`))).toBe(true);
  }

  async #notLost({ orderId, amount, refunded }: Own, told: bigint): Promise<void> {
    expect(told).toBeGreaterThan(0n);
    const isPartly = await this.#world.notice('partial-refund-not-reported', `order:${orderId}`);
    if (refunded > 0n) expect(isPartly).toBe(true);
    // An attempt from before, when nobody had said, may have told less than the one a person was asked about.
    if (this.#world.wasUnsaid || this.#world.terms.fixedPayout !== null) return;
    expect(told).toBeGreaterThanOrEqual(amount);
  }

  async #takenBack(order: Own): Promise<void> {
    const subject = `order:${order.orderId}`;
    const isSaid = await this.#world.notice('correction-not-reported', subject);
    const isUnset = this.#world.everUnset.has(phaseOf(order));
    expect((isUnset && isSaid) || (await this.#corrected(order))).toBe(true);
  }

  /** Whether Binom was told that this order is no longer paid, or refused to hear it where a person can see that. */
  async #corrected(order: Own): Promise<boolean> {
    const story = await this.#world.ledger.order('main', order.orderId);
    const own = (story?.postbacks ?? []).filter((row) => row.purpose === phaseOf(order));
    return own.some(
      (row) => row.state === 'accepted' || row.state === 'refused' || row.state === 'abandoned',
    );
  }

  /** Nobody has said what Binom does with a repeat, and now two orders of one click were told: the question is asked. */
  async #asked(clickId: string, orders: readonly Own[]): Promise<void> {
    const told = orders.filter((order) => this.#told(order.orderId) > 0n);
    if (told.length > 1)
      expect(await this.#world.notice('second-order-on-click', `click:${clickId}`)).toBe(true);
  }

  /** The ad network hears of each sale once: what is sent after it was accepted is marked as a correction. */
  #announcedOnce(clickId: string): void {
    const own = this.#world.binom.tries.filter(({ claim }) => claim.report.clickId === clickId);
    const accepted = own.filter((each) => each.acceptedAt !== null);
    for (const { claim, claimedAt } of accepted) {
      const before = accepted.filter((each) => each.acceptedAt! < claimedAt);
      const known = new Set(before.flatMap((each) => each.claim.report.orderIds));
      const { correction, orderIds, kind, orderId } = claim.report;
      // An order that is not paid yet is a lead of its own, whatever the click brought before.
      if (known.size === 0 || (kind === 'pending' && !known.has(orderId))) continue;
      expect(correction).toBe(orderIds.every((each) => known.has(each)));
    }
    const paid = accepted.filter(({ claim }) => claim.report.orderIds.length > 0);
    const currencies = new Set(paid.map(({ claim }) => claim.report.currency));
    const isWhole = !this.#world.wasUnsaid && this.#world.repeats === 'replaces';
    if (isWhole) expect(currencies.size).toBeLessThanOrEqual(1);
  }

  /** An order finds its click, whichever came first. */
  async #attributed(): Promise<void> {
    for (const [index, { by }] of this.#world.terms.orders.entries()) {
      const story = await this.#world.ledger.order('main', `o${index}`);
      if (story === null) continue;
      const { clickId } = story.order.verdict;
      if (by === 'click_id') expect(clickId).toBe(this.#world.clickOf(`o${index}`));
      if (by === 'visitor') expect(clickId).not.toBeNull();
    }
  }
}

/** Both currencies of the model have two digits. */
function minorOf(payout: string): bigint {
  const [whole = '0', fraction = ''] = payout.split('.');
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
}

function decimalOf(minor: bigint): string {
  const digits = minor.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function isAlive({ state, reason }: Postback): boolean {
  return state !== 'accepted' && state !== 'skipped' && reason !== 'nothing left to tell';
}
