// The call every shop's server makes: telling the collector about a paid order. It tries a bounded number of times and
// always says how it ended, because an order that is lost silently is the one thing this project exists to prevent.
import { setTimeout as wait } from 'node:timers/promises';
import { readOrderAnswer } from './order-answer.ts';
import type { Ending, Report } from './report.ts';
import type { ShopOrder } from './shop-order.ts';
import type { ShopSettings } from './shop-settings.ts';

const TRY_LIMIT_MS = 5_000;
/** Statuses after which the same call may succeed later. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

export async function reportOrder(settings: ShopSettings, order: ShopOrder): Promise<Report> {
  let ending: Ending = { state: 'unreached', detail: 'it was never tried' };
  let tries = 0;
  for (const pause of settings.retryWaits) {
    await wait(pause, undefined, { ref: false });
    tries += 1;
    ending = await tryOnce(settings, order);
    if (ending.state !== 'unreached') break;
  }
  return { ...ending, tries };
}

async function tryOnce(settings: ShopSettings, order: ShopOrder): Promise<Ending> {
  const url = `${settings.collectorUrl}/v1/shops/${encodeURIComponent(settings.shop)}/orders`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${settings.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(orderNews(order)),
      redirect: 'manual',
      signal: AbortSignal.timeout(TRY_LIMIT_MS),
    });
    return readEnding(response.status, await response.text());
  } catch (error) {
    return { state: 'unreached', detail: describe(error) };
  }
}

/** The order as the collector wants it told (docs/orders.md); what is undefined, JSON leaves out. */
function orderNews(order: ShopOrder): Record<string, string | undefined> {
  return {
    order_id: order.orderId,
    status: 'paid',
    amount: order.amount,
    currency: order.currency,
    click_id: order.clickId,
    url: order.url,
    cookies: order.cookies,
    placed_at: order.placedAt,
    occurred_at: order.paidAt,
  };
}

function readEnding(status: number, body: string): Ending {
  const detail = `it answered ${status}: ${body.slice(0, 300)}`;
  if (PASSING.has(status)) return { state: 'unreached', detail };
  if (status !== 200) return { state: 'refused', detail };
  const answer = readOrderAnswer(parse(body));
  return answer === undefined ? { state: 'refused', detail } : { state: 'stored', answer };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
