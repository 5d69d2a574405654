// A conversion as the API shows it, with field names as seen in the wild (the vendor's page: https://docs.binom.org/api-v2.php);
// that `payout` is text here keeps it exact, a live Binom may answer a number.
import type { BookedConversion } from './conversion-book.ts';

export interface ApiRow {
  readonly id: string;
  readonly payout: string;
  readonly currency: string | null;
  readonly status: string | null;
  readonly status2: string | null;
  readonly geo: string | null;
  readonly clicked_at: string;
  readonly conversed_at: string;
  /** Seconds. */
  readonly time_since_click: number;
  readonly campaign: string | null;
  readonly offer: string;
  readonly traffic_source: string;
}

export function apiRow({ row, click, convertedAt }: BookedConversion): ApiRow {
  return {
    id: row.clickId,
    payout: row.payout,
    currency: row.currency,
    status: row.status,
    status2: row.status2,
    geo: null,
    clicked_at: new Date(click.clickedAt).toISOString(),
    conversed_at: new Date(convertedAt).toISOString(),
    time_since_click: Math.floor((convertedAt - click.clickedAt) / 1_000),
    campaign: click.campaign,
    offer: 'Sandbox offer',
    traffic_source: 'Sandbox traffic',
  };
}
