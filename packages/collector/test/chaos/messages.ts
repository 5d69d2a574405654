// What clients send: journeys of shoppers, each a few messages in order. Every order has an amount of its own, so that a
// request at the tracker can be told apart by its payout.
import type { Chance } from './chance.ts';
import type { Mode } from './mode.ts';

export interface BeaconMessage {
  readonly kind: 'beacon';
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface OrderMessage {
  readonly kind: 'order';
  readonly id: string;
  readonly cents: number;
  /** The click it belongs to, once the beacon that says so is stored; `needs` is that beacon. */
  readonly clickId: string;
  readonly needs: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Message = BeaconMessage | OrderMessage;

/** Makes one journey after another. */
export class Journeys {
  readonly #mode: Mode;
  readonly #chance: Chance;
  #made = 0;
  #orders = 0;
  #bought: string[] = [];

  constructor(mode: Mode, chance: Chance) {
    this.#mode = mode;
    this.#chance = chance;
  }

  next(): Message[] {
    this.#made += 1;
    const clickId = `81e60chaos${this.#made}`;
    const visitor = `visitor-${this.#made}`;
    const beacon = beaconOf(`beacon-${this.#made}`, clickId, visitor);
    const luck = this.#chance();
    if (luck < 0.4) return [beacon];
    if (luck < 0.65) return [this.#order(clickId, { click_id: clickId }, null)];
    if (luck < 0.8) return [beacon, this.#order(clickId, { visitor_id: visitor }, beacon.id)];
    if (luck < 0.9) return [this.#order(clickId, { visitor_id: visitor }, beacon.id), beacon];
    return [this.#again(clickId)];
  }

  /** A second order on a click that bought before; where nothing is said of repeats the tracker would show the last one. */
  #again(fresh: string): OrderMessage {
    const known = this.#bought[Math.floor(this.#chance() * this.#bought.length)];
    const clickId = this.#mode === 'unset' || known === undefined ? fresh : known;
    return this.#order(clickId, { click_id: clickId }, null);
  }

  #order(clickId: string, evidence: Record<string, string>, needs: string | null): OrderMessage {
    this.#orders += 1;
    if (needs === null) this.#bought = [...this.#bought.slice(-50), clickId];
    const [id, cents] = [`order-${this.#orders}`, this.#orders];
    const amount = (cents / 100).toFixed(2);
    const body = { order_id: id, status: 'paid', amount, currency: 'EUR', ...evidence };
    return { kind: 'order', id, cents, clickId, needs, body };
  }
}

function beaconOf(id: string, clickId: string, visitor: string): BeaconMessage {
  const url = 'https://lander.example/p';
  const body = { v: 1, id, shop: 'main', click_id: clickId, via: 'clickid', visitor, url, age: 60_000 };
  return { kind: 'beacon', id, body };
}
