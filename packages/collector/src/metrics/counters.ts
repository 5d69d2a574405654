import { Counter, Histogram, type Registry } from 'prom-client';
import type { Happen, Happening } from '../core/ports.ts';

type Order = Extract<Happening, { what: 'order' }>;
type Attempt = Extract<Happening, { what: 'attempt' }>;

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Orders whose first attempt is awaited; a tracker that is down must not fill the memory. */
const MOST_AWAITED = 10_000;

/** Counts what happens. */
export function counters(registry: Registry): Happen {
  const count = { ...countersOf([registry]), ...histogramsOf([registry]) };
  const orderedAt = new Map<string, number>();
  const awaitAttempt = ({ shop, orderId, clickId, at }: Order): void => {
    if (clickId !== null && orderedAt.size < MOST_AWAITED) orderedAt.set(`${shop}\n${orderId}`, at);
  };
  const attempted = ({ shop, orderId, at, ms }: Attempt): void => {
    const since = orderedAt.get(`${shop}\n${orderId}`);
    orderedAt.delete(`${shop}\n${orderId}`);
    if (since !== undefined) count.delay.observe(Math.max(at - ms - since, 0) / 1000);
  };
  return (happening) => {
    const { what, shop } = happening;
    if (what === 'click' && happening.clickId !== null && happening.fresh) count.clicks.inc({ shop });
    if (what === 'bad-click-id') count.badClickIds.inc({ shop, reason: happening.reason });
    if (what === 'order' && happening.effect !== 'repeat') {
      count.orders.inc({ shop, status: happening.status, attributed: String(happening.clickId !== null) });
      if (happening.effect === 'created') awaitAttempt(happening);
    }
    if (what === 'attempt') {
      const { tracker, outcome, ms } = happening;
      count.attempts.inc({ shop, tracker, outcome });
      count.durations.observe({ tracker, outcome }, ms / 1000);
      if (happening.attempt === 1) attempted(happening);
    }
  };
}

function countersOf(registers: Registry[]) {
  return {
    clicks: new Counter({
      name: 'clickback_clicks_total',
      help: 'Beacons with a click id that were stored; repeats are not counted.',
      labelNames: ['shop'],
      registers,
    }),
    badClickIds: new Counter({
      name: 'clickback_bad_click_ids_total',
      help: 'Visits whose click id was unusable, such as a macro the tracker did not replace.',
      labelNames: ['shop', 'reason'],
      registers,
    }),
    orders: new Counter({
      name: 'clickback_orders_total',
      help: 'News about orders that was stored, by the status it left the order in.',
      labelNames: ['shop', 'status', 'attributed'],
      registers,
    }),
    attempts: new Counter({
      name: 'clickback_attempts_total',
      help: 'Postback attempts, by how they ended.',
      labelNames: ['shop', 'tracker', 'outcome'],
      registers,
    }),
  };
}

function histogramsOf(registers: Registry[]) {
  return {
    durations: new Histogram({
      name: 'clickback_attempt_duration_seconds',
      help: 'From the start of an attempt to the end of the answer.',
      labelNames: ['tracker', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    delay: new Histogram({
      name: 'clickback_order_to_first_attempt_seconds',
      help: 'From the news of an order to the start of the first attempt to report it.',
      buckets: [...SECONDS, 60, 600, 3600],
      registers,
    }),
  };
}
