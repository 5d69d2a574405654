// A delivery with everything around it: a ledger in memory, a wire that only writes down, a clock set by hand.
import { expect, onTestFinished } from 'vitest';
import type { ConnectionSettings } from '../../src/core/connection.ts';
import type { Happening, Ledger } from '../../src/core/ports.ts';
import type { PostbackStory } from '../../src/core/stories.ts';
import { deliverPostbacks, type DeliverNeeds } from '../../src/flows/deliver-postbacks.ts';
import { openMemory } from '../../src/ledgers/memory.ts';
import { binom } from '../../src/trackers/binom.ts';
import { HandClock, settled } from './hand-clock.ts';
import { RecordingWire } from './recording-wire.ts';
import { newsOf, NO_JITTER, POLICY, settingsOf } from './samples.ts';

type Verbs = Pick<Ledger, 'claimDue' | 'settle' | 'giveBack'>;

/** Set up and connected, and not begun; `verbs` replaces verbs of the ledger. */
export async function setUpDelivery(
  given: Partial<ConnectionSettings> = {},
  verbs: (ledger: Ledger) => Partial<Verbs> = () => ({}),
) {
  const memory = openMemory({ secretKey: new Uint8Array(32), tracker: 'binom' });
  const clock = new HandClock();
  const wire = new RecordingWire();
  const happenings: Happening[] = [];
  const logged: string[] = [];
  const log = (event: string) => void logged.push(event);
  const calls = { claimDue: 0 };
  const ledger: Verbs = { ...memory, ...verbs(memory) };
  const counting: Verbs = {
    ...ledger,
    claimDue: (ask) => {
      calls.claimDue += 1;
      return ledger.claimDue(ask);
    },
  };
  const needs: DeliverNeeds = {
    ...{ ledger: counting, wire, trackers: new Map([['binom', binom]]), clock, policy: POLICY },
    random: () => NO_JITTER,
    log: { info: log, warn: log, error: log },
    happen: (happening) => void happenings.push(happening),
  };
  const connect = (settings: Partial<ConnectionSettings>) =>
    memory.saveConnection({
      ...{ shop: 'main', tracker: 'binom', settings: settingsOf(settings), actor: 'test', now: clock.now() },
    });
  await connect(given);
  let orders = 0;
  return {
    ...{ memory, clock, wire, happenings, logged, calls, connect },
    /** An order of 49.90 is paid for this click. */
    async paid(clickId = `c${orders}`, more: Parameters<typeof newsOf>[0] = {}) {
      orders += 1;
      const found = [{ via: 'order.click_id', value: clickId }];
      const orderId = `o${orders}`;
      await memory.receiveOrder(newsOf({ orderId, found, receivedAt: clock.now(), ...more }));
      return orderId;
    },
    async start() {
      const delivery = deliverPostbacks(needs);
      onTestFinished(() => {
        void delivery.stop(0);
      });
      await settled();
      return delivery;
    },
    async states(): Promise<string[]> {
      const { items } = await memory.postbacks({ shop: 'main', state: null, limit: 100, cursor: null });
      return items.map((row) => row.state).sort();
    },
    async only(): Promise<PostbackStory> {
      const { items } = await memory.postbacks({ shop: 'main', state: null, limit: 2, cursor: null });
      expect(items).toHaveLength(1);
      return (await memory.postback('main', items[0]!.id))!;
    },
  };
}
