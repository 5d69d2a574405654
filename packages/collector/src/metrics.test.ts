import { describe, expect, it } from 'vitest';
import { Unavailable } from './core/errors.ts';
import type { Happening } from './core/ports.ts';
import type { QueueGauges } from './core/stories.ts';
import { createMetrics } from './metrics.ts';

const NOW = 1_795_000_000_000;
const QUEUE: QueueGauges = { byState: {}, oldestDueAt: null, pausedTrackers: 0, openBreakers: 0 };

const CLICK: Happening = {
  what: 'click',
  shop: 'main',
  clickId: '81e60haa86o0b7',
  via: 'clickid',
  page: null,
  fresh: true,
  at: NOW,
};
const ORDER: Happening = {
  what: 'order',
  shop: 'main',
  orderId: '1001',
  status: 'paid',
  amount: '49.90',
  currency: 'EUR',
  clickId: '81e60haa86o0b7',
  via: 'order.click_id',
  reason: null,
  effect: 'created',
  at: NOW,
};
const ATTEMPT: Happening = {
  what: 'attempt',
  shop: 'main',
  tracker: 'binom',
  postbackId: 'p',
  attempt: 1,
  clickId: '81e60haa86o0b7',
  orderId: '1001',
  payout: '49.90',
  currency: 'EUR',
  outcome: 'accepted',
  state: 'accepted',
  reason: null,
  url: 'https://track.example/click.php?cnv_id=81e60haa86o0b7',
  status: 200,
  ms: 40,
  at: NOW + 240,
};

describe('the figures', () => {
  it('count clicks once, however often their beacon comes', async () => {
    const told = await after([CLICK, { ...CLICK, fresh: false }, { ...CLICK, clickId: null }]);

    expect(told).toContain('clickback_clicks_total{shop="main"} 1\n');
  });

  it('count visits without a usable click id by reason', async () => {
    const told = await after([{ what: 'bad-click-id', shop: 'main', page: null, reason: 'macro', at: NOW }]);

    expect(told).toContain('clickback_bad_click_ids_total{shop="main",reason="macro"} 1\n');
  });

  it('count orders with and without a click, and no news that was a repeat', async () => {
    const organic = { ...ORDER, clickId: null, via: null, reason: 'no-click' };
    const told = await after([ORDER, { ...ORDER, effect: 'repeat' }, organic]);

    expect(told).toContain('clickback_orders_total{shop="main",status="paid",attributed="true"} 1\n');
    expect(told).toContain('clickback_orders_total{shop="main",status="paid",attributed="false"} 1\n');
  });

  it('tell how attempts ended, how long they took, and how long an order waited for its first', async () => {
    const told = await after([ORDER, ATTEMPT, { ...ATTEMPT, attempt: 2, outcome: 'unknown' }]);

    expect(told).toContain('clickback_attempts_total{shop="main",tracker="binom",outcome="accepted"} 1\n');
    expect(told).toContain('clickback_attempts_total{shop="main",tracker="binom",outcome="unknown"} 1\n');
    expect(told).toContain(
      'clickback_attempt_duration_seconds_sum{tracker="binom",outcome="accepted"} 0.04\n',
    );
    expect(told).toContain('clickback_order_to_first_attempt_seconds_sum 0.2\n');
    expect(told).toContain('clickback_order_to_first_attempt_seconds_count 1\n');
  });

  it('show the queue as it is when somebody looks', async () => {
    const told = await after([], {
      byState: { due: 3 },
      oldestDueAt: NOW - 90_000,
      pausedTrackers: 1,
      openBreakers: 2,
    });

    expect(told).toContain('clickback_ledger_up 1\n');
    expect(told).toContain('clickback_postbacks{state="due"} 3\n');
    expect(told).toContain('clickback_postbacks{state="uncertain"} 0\n');
    // They grow without end and are counted as they happen: a 0 would be a lie.
    expect(told).not.toContain('state="accepted"');
    expect(told).toContain('clickback_oldest_undelivered_seconds 90\n');
    expect(told).toContain('clickback_paused_trackers 1\n');
    expect(told).toContain('clickback_open_breakers 2\n');
  });

  it('leave out what a ledger that does not answer would have told', async () => {
    let queue: Promise<QueueGauges> = Promise.resolve(QUEUE);
    const metrics = createMetrics({ ledger: { gauges: () => queue }, clock: { now: () => NOW } });
    await metrics.render();
    queue = Promise.reject(new Unavailable('the disk is full'));

    const { text: told } = await metrics.render();

    expect(told).toContain('clickback_ledger_up 0\n');
    expect(told).not.toMatch(/^clickback_(?:postbacks|oldest_undelivered_seconds)[{ ]/m);
  });
});

async function after(happenings: readonly Happening[], queue: QueueGauges = QUEUE): Promise<string> {
  const metrics = createMetrics({ ledger: { gauges: async () => queue }, clock: { now: () => NOW } });
  happenings.forEach(metrics.happen);
  return (await metrics.render()).text;
}
