// A shopper without a browser: follows the links a person would click, and does for the pages what the snippet does.
import { randomUUID } from 'node:crypto';
import type { House } from './start-house.ts';

export interface Visit {
  readonly lander: string;
  readonly clickId: string;
  readonly checkout: string;
  readonly orderId: string;
}

export interface Tell {
  landed(visit: Pick<Visit, 'lander' | 'clickId'>): void;
  kept(): void;
  atCheckout(checkout: string): void;
}

/** From the campaign link to the paid order. Throws in words where something on the way is not as it should be. */
export async function shopper({ collector, binom, shop }: House, tell: Tell): Promise<Visit> {
  const lander = await redirected(`${binom.url}/c/demo`);
  const clickId = new URL(lander).searchParams.get('clickid') ?? '';
  if (clickId === '') throw new Error(`Binom sent the shopper to ${lander}, without a click id`);
  tell.landed({ lander, clickId });

  const page = await read(lander);
  if (!page.includes(`${collector.url}/c.js`)) throw new Error('the lander carries no snippet');
  await read(`${collector.url}/c.js`);
  const visitor = randomUUID();
  await beacon(collector.url, { lander, clickId, visitor });
  tell.kept();

  await read(`${shop.url}/product`);
  const checkout = `${shop.url}/checkout?clickid=${clickId}`;
  await read(checkout);
  tell.atCheckout(checkout);

  const thanks = await redirected(`${shop.url}/pay?clickid=${clickId}`, {
    method: 'POST',
    headers: { cookie: `_binom=${clickId}; _cbv=${visitor}` },
    body: new URLSearchParams({ clickid: clickId, email: 'sailor@example.com' }),
  });
  return { lander, clickId, checkout, orderId: new URL(thanks, shop.url).searchParams.get('order') ?? '' };
}

/** What the snippet sends when a page is entered with a click id. */
async function beacon(
  collectorUrl: string,
  { lander, clickId, visitor }: { lander: string; clickId: string; visitor: string },
): Promise<void> {
  const { origin } = new URL(lander);
  const body = {
    v: 1,
    id: randomUUID(),
    shop: 'main',
    click_id: clickId,
    via: 'clickid',
    visitor,
    url: `${origin}/`,
    age: 5,
  };
  const response = await fetch(`${collectorUrl}/b`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin },
    body: JSON.stringify(body),
  });
  if (response.status !== 204) throw new Error(`the collector answered the beacon with ${response.status}`);
}

async function read(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

async function redirected(url: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  const target = response.headers.get('location');
  if (target === null)
    throw new Error(`${url} answered ${response.status} where it should send the shopper on`);
  return target;
}
