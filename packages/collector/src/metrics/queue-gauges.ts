import { Gauge, type Registry } from 'prom-client';
import type { Clock, Ledger } from '../core/ports.ts';
import { QUEUE_STATES } from '../core/stories.ts';

/** Registers what waits; the returned function brings it up to date. */
export function queueGauges(
  registry: Registry,
  { ledger, clock }: { ledger: Pick<Ledger, 'gauges'>; clock: Pick<Clock, 'now'> },
): () => Promise<void> {
  const gauges = gaugesOf([registry]);
  return async () => {
    const queue = await ledger.gauges().catch(() => null);
    gauges.up.set(queue === null ? 0 : 1);
    // What is not known is left out, so that an alarm on it sees "no data" and not the last good figure.
    for (const gauge of [gauges.oldest, gauges.paused, gauges.breakers]) gauge.remove();
    gauges.postbacks.reset();
    if (queue === null) return;
    for (const state of QUEUE_STATES) gauges.postbacks.set({ state }, queue.byState[state] ?? 0);
    const since = queue.oldestDueAt;
    gauges.oldest.set(since === null ? 0 : Math.max(clock.now() - since, 0) / 1000);
    gauges.paused.set(queue.pausedTrackers);
    gauges.breakers.set(queue.openBreakers);
  };
}

function gaugesOf(registers: Registry[]) {
  return {
    up: new Gauge({ name: 'clickback_ledger_up', help: '1 while the ledger answers.', registers }),
    postbacks: new Gauge({
      name: 'clickback_postbacks',
      help: 'Postbacks in the ledger, by state, but for the accepted ones.',
      labelNames: ['state'],
      registers,
    }),
    oldest: new Gauge({
      name: 'clickback_oldest_undelivered_seconds',
      help: 'Age of the oldest postback that still waits; 0 when nothing waits. The one to alarm on.',
      registers,
    }),
    paused: new Gauge({
      name: 'clickback_paused_trackers',
      help: 'Trackers paused after refusing five different clicks in a row; a person must look.',
      registers,
    }),
    breakers: new Gauge({
      name: 'clickback_open_breakers',
      help: 'Trackers that nobody could reach lately, and that are only probed.',
      registers,
    }),
  };
}
