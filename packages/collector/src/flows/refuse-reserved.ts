/** Extra parameters must not stand for what we report ourselves; which names those are, the tracker's own URL tells. */
import type { ConnectionSettings } from '../core/connection.ts';
import { Rejected } from '../core/errors.ts';
import type { Tracker } from '../core/ports.ts';
import { sampleReport } from './sample-report.ts';

export function refuseReserved(tracker: Tracker, settings: ConnectionSettings): void {
  const report = sampleReport(settings, { clickId: 'test', payout: '0', currency: 'EUR' });
  const url = new URL(tracker.url({ ...settings, extraParams: {} }, report));
  const taken = Object.keys(settings.extraParams).find((name) => url.searchParams.has(name));
  if (taken === undefined) return;
  throw new Rejected(
    'invalid',
    `extra_params must not hold ${taken}: it is one of the postback's own parameters`,
    `extra_params.${taken}`,
  );
}
