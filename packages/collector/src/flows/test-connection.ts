/** One test postback now, past the queue, marked so that no ad network hears of it. */
import { Rejected } from '../core/errors.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Clock, Ledger, Sent, Tracker, Wire } from '../core/ports.ts';
import type { Postback } from '../core/postback.ts';
import { sampleReport } from './sample-report.ts';
import { notConnected } from './steer-connection.ts';
import { trackerNamed } from './tracker-named.ts';

export interface TestConnectionNeeds {
  readonly ledger: Pick<Ledger, 'connections' | 'resumeConnection' | 'click'>;
  readonly trackers: ReadonlyMap<string, Tracker>;
  readonly wire: Pick<Wire, 'get'>;
  readonly clock: Clock;
  readonly wake: () => void;
}

export interface TestAsk {
  readonly shop: string;
  readonly tracker: string;
  /** A click the tracker knows; a made-up one proves only that a server answers. */
  readonly clickId: string;
  readonly payout: string;
  readonly currency: string;
  readonly actor: string;
}

export type TestConnection = (ask: TestAsk) => Promise<{ sent: Sent; outcome: Outcome }>;

/** Sends it; a success ends a pause, as a success of the queue's own would. */
export function testConnection({ ledger, trackers, wire, clock, wake }: TestConnectionNeeds): TestConnection {
  return async ({ shop, tracker: name, actor, ...told }) => {
    const tracker = trackerNamed(trackers, name);
    const connection = (await ledger.connections(shop)).find((each) => each.tracker === name);
    if (connection === undefined) throw notConnected(shop, name);
    await refuseEarned(ledger, { shop, tracker: name, clickId: told.clickId });
    const url = tracker.url(connection.settings, sampleReport(connection.settings, told));
    const reply = await wire.get(url);
    const outcome = tracker.read(reply, clock.now());
    if (outcome.outcome === 'accepted') {
      await ledger.resumeConnection(shop, name, { actor, now: clock.now() });
      wake();
    }
    const { status, body } = reply.kind === 'answer' ? reply : { status: null, body: null };
    return { sent: { url, status, body, ms: reply.ms }, outcome };
  };
}

/** Where payouts replace each other, a test would overwrite what the click has earned. */
async function refuseEarned(
  ledger: Pick<Ledger, 'click'>,
  { shop, tracker, clickId }: Pick<TestAsk, 'shop' | 'tracker' | 'clickId'>,
): Promise<void> {
  const click = await ledger.click(shop, clickId);
  const left = click?.postbacks.some((each) => each.tracker === tracker && mayHaveArrived(each));
  if (!left) return;
  throw new Rejected(
    'conflict',
    'a postback for this click was sent already, and the test could overwrite its payout: use a click without an order',
    'click_id',
  );
}

function mayHaveArrived({ state, mayHaveCounted }: Pick<Postback, 'state' | 'mayHaveCounted'>): boolean {
  return mayHaveCounted || state === 'accepted' || state === 'uncertain' || state === 'sending';
}
