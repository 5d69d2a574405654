import { describe, expect, test } from 'vitest';
import { setUpDelivery as setUp } from '../../test/support/delivery.ts';
import { settled } from '../../test/support/hand-clock.ts';
import { MINUTE, SECOND } from '../../test/support/samples.ts';
import { Unavailable } from '../core/errors.ts';

describe('the ledger', () => {
  test('is asked about once a second while nothing is due', async () => {
    const { clock, start, calls } = await setUp();
    await start();
    await clock.advance(MINUTE);
    expect(calls.claimDue).toBeGreaterThanOrEqual(55);
    expect(calls.claimDue).toBeLessThanOrEqual(62);
  });

  test('is not asked more often where something is due that cannot go out', async () => {
    const { clock, paid, start, calls, wire } = await setUp({ inFlight: 1 });
    wire.reply = null;
    for (let order = 0; order < 5; order += 1) await paid();
    await start();
    await clock.advance(30 * SECOND);
    expect(wire.urls).toHaveLength(1);
    expect(calls.claimDue).toBeLessThanOrEqual(33);
  });

  test('that fails is asked again after a second', async () => {
    let fails = 3;
    const { clock, paid, start, states, logged, calls } = await setUp({}, (ledger) => ({
      claimDue: (ask) => ((fails -= 1) >= 0 ? Promise.reject(new Unavailable('busy')) : ledger.claimDue(ask)),
    }));
    await paid();
    await start();
    await clock.advance(2 * SECOND);
    expect(await states()).toEqual(['due']);
    await clock.advance(SECOND);
    expect(await states()).toEqual(['accepted']);
    expect(logged.filter((event) => event === 'claim.failed')).toHaveLength(3);
    expect(calls.claimDue).toBeLessThanOrEqual(6);
  });

  test('is asked by one claim at a time, and whoever wakes meanwhile is not forgotten', async () => {
    let release = () => {};
    let under = 0;
    let most = 0;
    const { paid, start, states } = await setUp({}, (ledger) => ({
      claimDue: async (ask) => {
        most = Math.max(most, (under += 1));
        const claimed = await ledger.claimDue(ask);
        await new Promise<void>((resolve) => (release = resolve));
        under -= 1;
        return claimed;
      },
    }));
    const delivery = await start();
    await paid();
    delivery.wake();
    delivery.wake();
    for (let claim = 0; claim < 4; claim += 1) {
      release();
      await settled();
    }
    expect(await states()).toEqual(['accepted']);
    expect(most).toBe(1);
  });
});

describe('a stop', () => {
  test('waits for what is on its way', async () => {
    const { wire, paid, start, states } = await setUp();
    await paid();
    wire.reply = null;
    const delivery = await start();
    let isOver = false;
    const stopped = delivery.stop(MINUTE).then(() => (isOver = true));
    await settled();
    expect(isOver).toBe(false);
    wire.answer();
    await stopped;
    expect(await states()).toEqual(['accepted']);
  });

  test('waits no longer than its patience', async () => {
    const { wire, clock, paid, start } = await setUp();
    await paid();
    wire.reply = null;
    const delivery = await start();
    const stopped = delivery.stop(5 * SECOND);
    await clock.advance(5 * SECOND);
    await expect(stopped).resolves.toBeUndefined();
  });

  test('starts nothing new, and leaves no timer behind', async () => {
    const { wire, clock, paid, start } = await setUp();
    const delivery = await start();
    await delivery.stop(0);
    await paid();
    delivery.wake();
    await clock.advance(MINUTE);
    expect(wire.urls).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  test('gives back what was claimed and not sent: it is due as if never claimed', async () => {
    let release = () => {};
    const { wire, paid, start, only } = await setUp({}, (ledger) => ({
      claimDue: async (ask) => {
        const claimed = await ledger.claimDue(ask);
        await new Promise<void>((resolve) => (release = resolve));
        return claimed;
      },
    }));
    await paid();
    const delivery = await start();
    const stopped = delivery.stop(MINUTE);
    release();
    await stopped;
    expect(wire.urls).toEqual([]);
    expect(await only()).toMatchObject({ state: 'due', attempts: 0, tries: [{ outcome: 'given-back' }] });
  });
});
