import { describe, expect, it } from 'vitest';
import { DEFAULT_SHOP_SETTINGS } from '../core/shop.ts';
import { forgetOld } from './forget-old.ts';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;

describe('old clicks', () => {
  it('are forgotten a few at a time, until none is left', async () => {
    const { asked, logged } = await forgotten({ clickDays: 90, clicks: 1_200 });

    expect(asked).toEqual([500, 500, 500].map((limit) => ['clicks', NOW - 90 * DAY, limit]));
    expect(logged).toEqual([['clicks.forgotten', { clicks: 1_200, olderThanDays: 90 }]]);
  });

  it('are kept while an attribution window still reaches them', async () => {
    const { asked } = await forgotten({ clickDays: 30, windowDays: 120 });

    expect(asked).toEqual([['clicks', NOW - 120 * DAY, 500]]);
  });
});

describe('old orders', () => {
  it('stay unless the operator says after how many days they go', async () => {
    const { asked } = await forgotten({ orders: 70 });

    expect(asked.map(([what]) => what)).toEqual(['clicks']);
  });

  it('are forgotten a few at a time, until none is left', async () => {
    const { asked, logged } = await forgotten({ orderDays: 730, orders: 70 });

    expect(asked.slice(1)).toEqual([50, 50].map((limit) => ['orders', NOW - 730 * DAY, limit]));
    expect(logged).toEqual([['orders.forgotten', { orders: 70, olderThanDays: 730 }]]);
  });
});

interface Given {
  readonly clickDays?: number;
  readonly orderDays?: number | null;
  readonly windowDays?: number;
  readonly clicks?: number;
  readonly orders?: number;
}

async function forgotten({
  clickDays = 90,
  orderDays = null,
  windowDays = 30,
  clicks = 0,
  orders = 0,
}: Given) {
  const asked: [what: 'clicks' | 'orders', before: number, limit: number][] = [];
  const logged: unknown[] = [];
  const left = { clicks, orders };
  const forget = (what: 'clicks' | 'orders', before: number, limit: number) => {
    asked.push([what, before, limit]);
    const gone = Math.min(left[what], limit);
    left[what] -= gone;
    return Promise.resolve(gone);
  };
  await forgetOld({
    ledger: {
      forgetClicks: (before, limit) => forget('clicks', before, limit),
      forgetOrders: ({ before, limit }) => forget('orders', before, limit),
    },
    directory: { shops: () => [{ shop: 'main', settings: { ...DEFAULT_SHOP_SETTINGS, windowDays } }] },
    clock: { now: () => NOW },
    log: { info: (...line: unknown[]) => logged.push(line), warn: () => {}, error: () => {} },
    clickDays,
    orderDays,
  });
  return { asked, logged };
}
