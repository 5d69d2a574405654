import { describe, expect, it } from 'vitest';
import { DEFAULT_SHOP_SETTINGS } from '../core/shop.ts';
import { forgetClicks } from './forget-clicks.ts';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;

describe('old clicks', () => {
  it('are forgotten a few at a time, until none is left', async () => {
    const { asked, logged } = await forgotten({ days: 90, windowDays: 30, clicks: 1_200 });

    expect(asked).toEqual([500, 500, 500].map((limit) => [NOW - 90 * DAY, limit]));
    expect(logged).toEqual([['clicks.forgotten', { clicks: 1_200, olderThanDays: 90 }]]);
  });

  it('are kept while an attribution window still reaches them', async () => {
    const { asked } = await forgotten({ days: 30, windowDays: 120, clicks: 0 });

    expect(asked).toEqual([[NOW - 120 * DAY, 500]]);
  });
});

async function forgotten({ days, windowDays, clicks }: { days: number; windowDays: number; clicks: number }) {
  const asked: [before: number, limit: number][] = [];
  const logged: unknown[] = [];
  const log = { info: (...line: unknown[]) => logged.push(line), warn: () => {}, error: () => {} };
  let left = clicks;
  await forgetClicks({
    ledger: {
      forgetClicks: async (before, limit) => {
        asked.push([before, limit]);
        const gone = Math.min(left, limit);
        left -= gone;
        return gone;
      },
    },
    directory: { shops: () => [{ shop: 'main', settings: { ...DEFAULT_SHOP_SETTINGS, windowDays } }] },
    clock: { now: () => NOW },
    log,
    days,
  });
  return { asked, logged };
}
