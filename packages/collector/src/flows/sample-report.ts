/** A report about no order, for a test postback: marked as a correction, so that no ad network hears of a sale. */
import type { ConnectionSettings } from '../core/connection.ts';
import type { Report } from '../core/postback.ts';

export function sampleReport(
  settings: ConnectionSettings,
  { clickId, payout, currency }: Pick<Report, 'clickId' | 'payout' | 'currency'>,
): Report {
  return {
    clickId,
    payout,
    currency,
    status: settings.conversionType,
    correction: true,
    isZero: /^[0.]*$/.test(payout),
    amount: 0n,
    orderId: 'test',
    kind: 'test',
    orderIds: [],
  };
}
