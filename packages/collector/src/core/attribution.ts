/** Which click does an order belong to? Every candidate is kept with the reason it won or lost. */
import { usableClickId } from '@clickback/protocol';
import type { Order } from './order.ts';
import type { ShopSettings } from './shop.ts';
import type { Candidate, LosingReason, NoClickReason, Verdict } from './verdict.ts';

/** A click some beacons told of, as far as it concerns one order. */
export interface BeaconedClick {
  readonly clickId: string;
  /** The order key a beacon named, or null where only the visitor links it. */
  readonly joinKey: string | null;
  /** The earliest moment any beacon gives for this click, epoch ms. */
  readonly clickedAt: number;
}

/** An earlier order of the same subscription or customer that has a click. */
export interface Kin {
  readonly via: 'subscription' | 'customer';
  readonly clickId: string;
  readonly placedAt: number;
}

/** Everything known that could say which click an order belongs to. */
export interface Evidence {
  readonly order: Order;
  readonly settings: ShopSettings;
  readonly beacons: readonly BeaconedClick[];
  /** Only for a rebill. */
  readonly kin: readonly Kin[];
}

const DAY = 86_400_000;
/** Clocks of browsers' networks and shops differ; a click this much after the order still counts as before it. */
const SLACK = 5 * 60_000;

/** The verdict on the evidence. A frozen order keeps its click; what came later is listed and lost. */
export function attribute(evidence: Evidence): Verdict {
  const { order } = evidence;
  const weighed = [
    ...attachedBy(order),
    ...foundOn(order, evidence.settings),
    ...joined(evidence),
    ...visited(evidence),
    ...kinOf(evidence),
  ];
  if (order.frozen) return { ...order.verdict, candidates: frozen(weighed, order.verdict) };
  const at = weighed.findIndex((each) => each.outcome === 'won');
  const winner = weighed[at];
  const candidates = weighed.map((each, index) =>
    each.outcome === 'won' && index > at ? { ...each, outcome: 'outranked' as const } : each,
  );
  if (winner !== undefined) return { clickId: winner.clickId, via: winner.via, reason: null, candidates };
  return { clickId: null, via: null, reason: whyNone(candidates), candidates };
}

function attachedBy(order: Order): Candidate[] {
  return order.attached === null ? [] : [candidate(order.attached, 'operator', null, 'won')];
}

/** Ids the shop itself sent, by the rank of the place they stood in; the newest news first within a place. */
function foundOn(order: Order, settings: ShopSettings): Candidate[] {
  const ranks = [
    'order.click_id',
    ...settings.names.params.map((name) => `url.${name}`),
    ...settings.names.cookies.map((name) => `cookie.${name}`),
  ];
  return ranks.flatMap((via) =>
    order.found
      .filter((each) => each.via === via)
      .map(({ value }) => {
        const clickId = usableClickId(value);
        return candidate(clickId ?? value, via, null, clickId === null ? 'bad-click-id' : 'won');
      }),
  );
}

function joined({ order, settings, beacons }: Evidence): Candidate[] {
  const keyed = beacons.filter((each) => each.joinKey !== null);
  const isAmbiguous = (key: string | null) =>
    new Set(keyed.filter((each) => each.joinKey === key).map((each) => each.clickId)).size > 1;
  return keyed.map((each) => {
    const outcome = isAmbiguous(each.joinKey)
      ? 'ambiguous-join-key'
      : timely(each.clickedAt, order, settings);
    return candidate(each.clickId, 'join_key', each.clickedAt, outcome);
  });
}

function visited({ order, settings, beacons }: Evidence): Candidate[] {
  const sign = settings.prefer === 'last' ? -1 : 1;
  const loser = settings.prefer === 'last' ? 'not-the-last-click' : 'not-the-first-click';
  let won = false;
  return beacons
    .filter((each) => each.joinKey === null)
    .sort((a, b) => sign * (a.clickedAt - b.clickedAt) || (a.clickId < b.clickId ? -1 : 1))
    .map((each) => {
      const outcome = timely(each.clickedAt, order, settings);
      const beaten = outcome === 'won' && won;
      won ||= outcome === 'won';
      return candidate(each.clickId, 'visitor', each.clickedAt, beaten ? loser : outcome);
    });
}

/** A rebill belongs to the click that started its subscription, else to the customer's first. */
function kinOf({ order, kin }: Evidence): Candidate[] {
  if (order.kind !== 'rebill') return [];
  const first = (via: Kin['via']) =>
    kin.filter((each) => each.via === via).sort((a, b) => a.placedAt - b.placedAt)[0];
  return [first('subscription'), first('customer')].flatMap((each) =>
    each === undefined ? [] : [candidate(each.clickId, each.via, null, 'won')],
  );
}

function timely(clickedAt: number, order: Order, settings: ShopSettings): 'won' | LosingReason {
  if (clickedAt > order.placedAt + SLACK) return 'click-after-order';
  return clickedAt < order.placedAt - settings.windowDays * DAY ? 'click-too-old' : 'won';
}

function frozen(weighed: readonly Candidate[], verdict: Verdict): Candidate[] {
  const kept = weighed.findIndex((each) => each.via === verdict.via && each.clickId === verdict.clickId);
  return weighed.map((each, index) => {
    if (index === kept) return { ...each, outcome: 'won' };
    return each.outcome === 'won'
      ? { ...each, outcome: index < kept ? 'verdict-frozen' : 'outranked' }
      : each;
  });
}

function whyNone(candidates: readonly Candidate[]): NoClickReason {
  const reason = candidates[0]?.outcome;
  switch (reason) {
    case 'bad-click-id':
    case 'click-after-order':
    case 'click-too-old':
    case 'ambiguous-join-key':
      return reason;
    default:
      return 'no-click';
  }
}

function candidate(
  clickId: string,
  via: string,
  ...[clickedAt, outcome]: [number | null, Candidate['outcome']]
): Candidate {
  return { clickId, via, clickedAt, outcome };
}
