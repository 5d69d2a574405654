// What the stand-in Binom saw, told apart by what each postback says.
import type { Binom } from '@clickback/sandbox';

export interface TrackerSide {
  /** Requests for a click, whatever payout they told. */
  requestsFor(clickId: string): number;
  /** Requests for a click that told exactly this payout. */
  requestsTelling(clickId: string, cents: number): number;
  /** What the tracker shows for a click, in cents; null when it never heard of it. */
  shows(clickId: string): number | null;
  readonly clicks: ReadonlySet<string>;
}

export function trackerSide(binom: Binom): TrackerSide {
  const byClick = new Map<string, number>();
  const byPayout = new Map<string, number>();
  for (const { url } of binom.requests) {
    const query = new URL(url, 'http://tracker').searchParams;
    const clickId = query.get('cnv_id') ?? '';
    const payout = `${clickId} ${centsOf(query.get('payout') ?? '')}`;
    byClick.set(clickId, (byClick.get(clickId) ?? 0) + 1);
    byPayout.set(payout, (byPayout.get(payout) ?? 0) + 1);
  }
  return {
    requestsFor: (clickId) => byClick.get(clickId) ?? 0,
    requestsTelling: (clickId, cents) => byPayout.get(`${clickId} ${cents}`) ?? 0,
    shows: (clickId) => {
      const payout = binom.conversion(clickId)?.payout;
      return payout === undefined ? null : centsOf(payout);
    },
    clicks: new Set(byClick.keys()),
  };
}

function centsOf(payout: string): number {
  return Math.round(Number(payout) * 100);
}
