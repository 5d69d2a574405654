// What must hold after any number of kills: nothing acknowledged is missing, every paid order has one postback, and what
// the tracker shows is what the ledger says it was told.
import type { AttemptRow, Books, OrderRow, PostbackRow } from './books.ts';
import type { Acknowledged } from './clients.ts';
import type { Mode } from './mode.ts';
import type { TrackerSide } from './tracker-side.ts';

export interface Evidence {
  readonly mode: Mode;
  readonly acknowledged: Acknowledged;
  readonly books: Books;
  readonly tracker: TrackerSide;
}

/** Every breach of a promise, in words. */
export function breachesIn(evidence: Evidence): string[] {
  return [
    ...nothingLost(evidence),
    ...onePostbackEach(evidence),
    ...everyAttemptWrittenDown(evidence),
    ...trackerShowsTheLedger(evidence),
  ];
}

function* nothingLost({ acknowledged, books }: Evidence): Generator<string> {
  const orders = new Map(books.orders.map((order) => [order.order_id, order]));
  for (const id of acknowledged.beacons.keys()) {
    if (!books.beacons.has(id)) yield `beacon ${id} was acknowledged and is not in the ledger`;
  }
  for (const { id, cents, clickId, needs } of acknowledged.orders.values()) {
    const order = orders.get(id);
    if (order?.status !== 'paid' || order.amount !== cents) {
      yield `order ${id} was acknowledged and the ledger holds ${JSON.stringify(order ?? null)}`;
      continue;
    }
    const isKnown = needs === null || acknowledged.beacons.has(needs);
    if (isKnown && order.click_id !== clickId)
      yield `order ${id} belongs to ${clickId}, not ${order.click_id ?? 'no click'}`;
  }
}

function* onePostbackEach({ mode, books }: Evidence): Generator<string> {
  const settled = mode === 'adds' ? ['accepted', 'uncertain'] : ['accepted'];
  const owed = (order: OrderRow) =>
    books.postbacks.filter((row) =>
      mode === 'replaces' ? row.click_id === order.click_id : row.order_id === order.order_id,
    );
  for (const order of books.orders) {
    if (order.click_id === null) continue;
    const rows = owed(order);
    if (rows.length !== 1) yield `order ${order.order_id} has ${rows.length} postbacks`;
  }
  for (const row of books.postbacks) {
    if (!settled.includes(row.state)) yield `postback ${row.id} ended ${row.state}`;
    if (mode === 'replaces' && row.wanted !== row.sent)
      yield `postback ${row.id} wants ${row.wanted}, sent ${row.sent}`;
  }
}

function* everyAttemptWrittenDown({ mode, books, tracker }: Evidence): Generator<string> {
  const cents = new Map(books.orders.map((order) => [order.order_id, order.amount]));
  const attempts = Map.groupBy(books.attempts, (attempt) => attempt.postback_id);
  for (const row of books.postbacks) {
    const made = (attempts.get(row.id) ?? []).filter(({ outcome }) => outcome !== 'given-back');
    const seen =
      row.order_id === null
        ? tracker.requestsFor(row.click_id)
        : tracker.requestsTelling(row.click_id, cents.get(row.order_id) ?? -1);
    yield* attemptsOf(row, made, seen);
    if (mode === 'adds' && seen > 1) yield `postback ${row.id} was repeated where a repeat adds money`;
  }
  const known = new Set(books.postbacks.map((row) => row.click_id));
  for (const clickId of tracker.clicks)
    if (!known.has(clickId)) yield `the tracker was told of ${clickId}, the ledger knows no such postback`;
}

function* attemptsOf(
  { id, state }: PostbackRow,
  made: readonly AttemptRow[],
  seen: number,
): Generator<string> {
  if (seen > made.length)
    yield `postback ${id}: ${seen} requests at the tracker, ${made.length} attempts written down`;
  if (state === 'accepted' && seen === 0) yield `postback ${id} is accepted and the tracker never saw it`;
  if (state === 'accepted' && made.at(-1)?.outcome !== 'accepted')
    yield `postback ${id} is accepted, its last attempt is not`;
  if (made.some(({ outcome }) => outcome === 'pending'))
    yield `postback ${id} has an attempt that never ended`;
}

/** Per click: the sum of its orders, or (where repeats add) of those the tracker really counted. */
function* trackerShowsTheLedger({ mode, books, tracker }: Evidence): Generator<string> {
  const orders = Map.groupBy(
    books.orders.filter((order) => order.click_id !== null),
    (order) => order.click_id ?? '',
  );
  const states = new Map(books.postbacks.map((row) => [row.order_id ?? '', row.state]));
  for (const [clickId, bought] of orders) {
    const counts = ({ order_id, amount }: OrderRow) =>
      mode !== 'adds' || states.get(order_id) === 'accepted' || tracker.requestsTelling(clickId, amount) > 0;
    const total = bought.filter(counts).reduce((sum, order) => sum + order.amount, 0);
    const shown = tracker.shows(clickId) ?? 0;
    if (shown !== total) yield `click ${clickId}: the tracker shows ${shown} cents, the ledger says ${total}`;
  }
}
