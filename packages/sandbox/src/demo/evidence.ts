import type { Collector } from '@clickback/collector';

interface Story {
  readonly attribution: {
    readonly candidates: readonly { click_id: string; via: string; outcome: string }[];
  };
}

const PLACES: Readonly<Record<string, string>> = {
  'order.click_id': 'sent with the order',
  'url.clickid': 'in the address of the checkout',
  'cookie._binom': 'in the cookie of the shop',
  visitor: "in this visitor's beacon of step 2",
};

/** What the collector found of clicks behind an order, best first, in words. */
export async function evidence({ url, keys }: Collector, orderId: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${keys.ADMIN_TOKEN}` };
  const response = await fetch(`${url}/v1/shops/main/orders/${encodeURIComponent(orderId)}`, { headers });
  const { attribution } = (await response.json()) as Story;
  return attribution.candidates.map(({ click_id, via, outcome }) => {
    const mark = outcome === 'won' ? '✓' : '·';
    return `${mark} ${click_id}  ${PLACES[via] ?? via}`;
  });
}
