// What Binom is known to be picky about: it takes such postbacks and may count them otherwise than meant.
import type { ConnectionSettings } from '../../core/connection.ts';
import type { Tracker } from '../../core/ports.ts';
import type { Report } from '../../core/postback.ts';

type TrackerNotice = ReturnType<Tracker['notices']>[number];

export function binomNotices(settings: ConnectionSettings, report: Report): TrackerNotice[] {
  const found: TrackerNotice[] = [];
  if (!CURRENCIES.has(report.currency)) found.push(currencyNotListed(report.currency));
  const { conversionType, statuses } = settings;
  const isPayment = report.status === conversionType || report.status === statuses.rebill;
  if (isPayment && REJECTS.has(report.status.trim().toLowerCase())) found.push(statusRejects(report.status));
  return found;
}

/**
 * What one Binom v2 offered in September 2025 (docs/examples/responses/currency_list.json of
 * https://github.com/pavelraiden/binom-api-encyclopedia). Versions differ, and what becomes of another code is unknown.
 */
const CURRENCIES = new Set(
  `USD EUR GBP RUB CNY PLN JPY UAH CAD BTC IDR INR BGN TRY PHP VND AZN AUD BYN BRL CZK DKK HKD HUF ISK ILS KZT KRW KGS
  MYR MXN NZD NOK RON SGD ZAR SEK CHF THB UZS EGP`.split(/\s+/),
);

function currencyNotListed(currency: string): TrackerNotice {
  return {
    code: 'currency-not-listed',
    detail:
      `${currency} is not on the list of currencies that Binom is known to offer. Compare one order in Binom's report; ` +
      'if its payout is wrong there, set a fixed payout in a currency that your Binom lists.',
  };
}

/** Statuses are free text in Binom; these are the values that the usual status schemes read as a rejection. */
const REJECTS = new Set([
  '3',
  'trash',
  'reject',
  'rejected',
  'decline',
  'declined',
  'cancel',
  'canceled',
  'cancelled',
]);

function statusRejects(status: string): TrackerNotice {
  return {
    code: 'status-rejects',
    detail:
      `Paid orders are reported with the status "${status}", which a status scheme in Binom usually reads as rejected. ` +
      'If that is not meant, set the conversion type to 1.',
  };
}
