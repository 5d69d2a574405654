// Browsers and shops: they send, note every acknowledgement outside the collector, and send again what was not
// acknowledged, as the snippet and every shop do.
import { setTimeout as wait } from 'node:timers/promises';
import { SHOP_API_KEY } from '../../bench/support/collector-process.ts';
import { Pool } from '../../bench/support/pool.ts';
import { jsonRequest } from '../../bench/support/requests.ts';
import { between, type Chance } from './chance.ts';
import type { BeaconMessage, Journeys, Message, OrderMessage } from './messages.ts';

const LOOPS = 16;
const RESENDS = 40;

/** The outside list: what the collector said it holds. */
export interface Acknowledged {
  readonly beacons: Map<string, BeaconMessage>;
  readonly orders: Map<string, OrderMessage>;
}

export class Clients {
  readonly acknowledged: Acknowledged = { beacons: new Map(), orders: new Map() };
  /** Answers nobody should get: neither done nor "try again". */
  readonly wrongAnswers: string[] = [];
  resent = 0;
  readonly #port: number;
  readonly #journeys: Journeys;
  readonly #chance: Chance;
  #unanswered: Message[] = [];

  constructor(port: number, { journeys, chance }: { journeys: Journeys; chance: Chance }) {
    this.#port = port;
    this.#journeys = journeys;
    this.#chance = chance;
  }

  /** Sends until the collector is gone (`isOver`). */
  async loadUntil(isOver: () => boolean): Promise<void> {
    const pool = new Pool(this.#port);
    const loop = async () => {
      while (!isOver()) {
        await this.#sendAll(pool, this.#again() ?? this.#journeys.next());
        await wait(between(this.#chance, 5, 60));
      }
    };
    await Promise.all(Array.from({ length: LOOPS }, loop));
    pool.close();
  }

  /** Sends what is still unanswered until all of it is acknowledged. */
  async settleUp(): Promise<void> {
    const pool = new Pool(this.#port);
    for (let round = 0; round < RESENDS && this.#unanswered.length > 0; round += 1) {
      const messages = this.#unanswered.splice(0);
      this.resent += messages.length;
      await this.#sendAll(pool, messages);
      if (this.#unanswered.length > 0) await wait(50);
    }
    pool.close();
    if (this.#unanswered.length > 0)
      this.wrongAnswers.push(`${this.#unanswered.length} messages were never acknowledged`);
  }

  #again(): Message[] | null {
    const message = this.#unanswered.shift();
    if (message === undefined) return null;
    this.resent += 1;
    return [message];
  }

  /** One after another; after one that is not acknowledged the rest waits with it. */
  async #sendAll(pool: Pool, messages: readonly Message[]): Promise<void> {
    for (const [index, message] of messages.entries()) {
      const { status, body } = await pool.ask(requestOf(message));
      if (status === 204 || status === 200) this.#note(message);
      else if (status === 0 || status === 503) return void this.#unanswered.push(...messages.slice(index));
      else this.wrongAnswers.push(`${message.id} was answered ${status}: ${body.slice(0, 200)}`);
    }
  }

  #note(message: Message): void {
    if (message.kind === 'beacon') this.acknowledged.beacons.set(message.id, message);
    else this.acknowledged.orders.set(message.id, message);
  }
}

function requestOf({ kind, body }: Message): Buffer {
  return kind === 'beacon'
    ? jsonRequest('POST /b', '-', body)
    : jsonRequest('POST /v1/shops/main/orders', SHOP_API_KEY, body);
}
