/** Figures for Prometheus: what happened is counted as it happens, what waits is asked of the ledger when somebody looks. */
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock, Happen, Ledger } from './core/ports.ts';
import { counters } from './metrics/counters.ts';
import { queueGauges } from './metrics/queue-gauges.ts';

export interface MetricsNeeds {
  readonly ledger: Pick<Ledger, 'gauges'>;
  readonly clock: Pick<Clock, 'now'>;
}

export interface Metrics {
  readonly happen: Happen;
  /** For Prometheus. Never fails: a ledger that does not answer shows as `clickback_ledger_up 0`. */
  render(): Promise<{ readonly type: string; readonly text: string }>;
}

export function createMetrics({ ledger, clock }: MetricsNeeds): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const look = queueGauges(registry, { ledger, clock });
  return {
    happen: counters(registry),
    render: async () => {
      await look();
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
