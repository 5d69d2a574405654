import { describe, expect, test } from 'vitest';
import { setUpDelivery as setUp } from '../../test/support/delivery.ts';
import { settled } from '../../test/support/hand-clock.ts';
import { answerOf, NOBODY, OK, SILENCE } from '../../test/support/recording-wire.ts';
import { MINUTE, SECOND } from '../../test/support/samples.ts';
import { Unavailable } from '../core/errors.ts';

describe('what is due', () => {
  test('goes out at the start, as the URL its tracker writes', async () => {
    const { wire, paid, start, states } = await setUp();
    await paid('81e60haa86o0b7');
    await start();
    expect(wire.urls).toEqual([
      'https://track.example/click.php?cnv_id=81e60haa86o0b7&payout=49.90&cnv_status=1&cnv_currency=EUR',
    ]);
    expect(await states()).toEqual(['accepted']);
  });

  test('goes out at once when somebody wakes the delivery, without any time passing', async () => {
    const { wire, paid, start } = await setUp();
    const delivery = await start();
    await paid();
    delivery.wake();
    await settled();
    expect(wire.urls).toHaveLength(1);
  });

  test('by another collector is found within a second', async () => {
    const { wire, clock, paid, start } = await setUp();
    await start();
    await paid();
    await clock.advance(SECOND);
    expect(wire.urls).toHaveLength(1);
  });

  test('goes out by the settings of this moment: a new domain serves what waits', async () => {
    const { wire, clock, paid, start, connect } = await setUp({ enabled: false });
    await paid();
    await start();
    await clock.advance(MINUTE);
    expect(wire.urls).toEqual([]);
    await connect({ trackingDomain: 'new.example' });
    await clock.advance(SECOND);
    expect(wire.urls[0]).toMatch(/^https:\/\/new\.example\//);
  });

  test('is sent again on the schedule until it is accepted', async () => {
    const { wire, clock, paid, start, only } = await setUp();
    await paid();
    wire.reply = NOBODY;
    await start();
    const times = [clock.now()];
    for (let second = 0; second < 155; second += 1) {
      const before = wire.urls.length;
      await clock.advance(SECOND);
      if (wire.urls.length > before) times.push(clock.now());
    }
    expect(times.map((each) => (each - times[0]!) / SECOND)).toEqual([0, 5, 35, 155]);
    wire.reply = OK;
    await clock.advance(15 * MINUTE);
    const row = await only();
    expect(row.state).toBe('accepted');
    expect(row.tries.map((each) => each.outcome)).toEqual([...Array(4).fill('not-counted'), 'accepted']);
  });

  test('goes out at once everywhere when a tracker is back after an outage', async () => {
    const { wire, clock, paid, start, states } = await setUp();
    for (let order = 0; order < 3; order += 1) await paid();
    wire.reply = NOBODY;
    await start();
    await clock.advance(50 * SECOND);
    wire.reply = OK;
    const before = wire.urls.length;
    await clock.advance(110 * SECOND);
    expect(await states()).toEqual(['accepted', 'accepted', 'accepted']);
    expect(wire.urls.length - before).toBe(3);
  });
});

describe('what a tracker bears', () => {
  test('is one call at a time for one click, in both ways of counting', async () => {
    for (const repeats of ['adds', 'replaces'] as const) {
      const { wire, paid, start, states } = await setUp({ repeats });
      wire.reply = null;
      const delivery = await start();
      await paid('one');
      delivery.wake();
      await settled();
      await paid('one');
      delivery.wake();
      await settled();
      expect(wire.waiting).toHaveLength(1);
      wire.answer();
      await settled();
      expect(wire.waiting).toHaveLength(1);
      wire.answer();
      await settled();
      expect([...new Set(await states())]).toEqual(['accepted']);
      expect(wire.urls.map((url) => new URL(url).searchParams.get('payout'))).toEqual(
        repeats === 'adds' ? ['49.90', '49.90'] : ['49.90', '99.80'],
      );
    }
  });

  test('is as many calls at once as its setting says, and a place that is free is taken at once', async () => {
    const { wire, paid, start } = await setUp({ inFlight: 3 });
    for (let order = 0; order < 10; order += 1) await paid();
    wire.reply = null;
    await start();
    expect(wire.waiting).toHaveLength(3);
    for (let answered = 1; answered <= 10; answered += 1) {
      wire.answer();
      await settled();
      expect(wire.urls.length).toBe(Math.min(10, answered + 3));
    }
    expect(wire.most).toBe(3);
  });

  test('is one probe while nobody knows whether it is back', async () => {
    const { wire, clock, paid, start } = await setUp();
    for (let order = 0; order < 8; order += 1) await paid();
    wire.reply = NOBODY;
    await start();
    expect(wire.urls).toHaveLength(8);
    wire.reply = null;
    await clock.advance(31 * SECOND);
    expect(wire.waiting).toHaveLength(1);
    wire.answer(OK);
    await settled();
    expect(wire.waiting).toHaveLength(7);
  });

  test('ends after refusals for five different clicks; the rest waits', async () => {
    const { wire, clock, paid, start, states, memory } = await setUp({ inFlight: 1 });
    for (let order = 0; order < 7; order += 1) await paid();
    wire.reply = answerOf(404);
    await start();
    await clock.advance(MINUTE);
    expect(await states()).toEqual(['due', 'due', ...Array(5).fill('refused')]);
    expect((await memory.notices('main')).map((each) => each.code)).toContain('tracker-paused');
  });
});

describe('an answer', () => {
  test('is written down with the URL, and told to whoever watches', async () => {
    const { wire, paid, start, only, happenings, logged } = await setUp();
    const orderId = await paid('a');
    wire.reply = answerOf(503, { 'retry-after': '120' });
    await start();
    const row = await only();
    expect(row.tries).toMatchObject([
      { url: wire.urls[0], status: 503, body: '', ms: 12, outcome: 'not-counted' },
    ]);
    expect(row.dueAt - row.tries[0]!.startedAt).toBe(2 * MINUTE);
    expect(happenings).toMatchObject([
      {
        what: 'attempt',
        orderId,
        clickId: 'a',
        payout: '49.90',
        attempt: 1,
        outcome: 'not-counted',
        state: 'due',
      },
    ]);
    expect(logged).toEqual(['postback.attempted']);
  });

  test('that is a web page is accepted, with a notice', async () => {
    const { wire, paid, start, states, memory } = await setUp();
    await paid();
    wire.reply = { kind: 'answer', status: 200, headers: {}, body: '<!doctype html><html></html>', ms: 1 };
    await start();
    expect(await states()).toEqual(['accepted']);
    expect((await memory.notices('main')).map((each) => each.code)).toContain('web-page-answer');
  });

  test('that never comes waits for a person where payouts add up', async () => {
    const { wire, clock, paid, start, only } = await setUp({ repeats: 'adds' });
    await paid();
    wire.reply = SILENCE;
    await start();
    await clock.advance(10 * MINUTE);
    expect(wire.urls).toHaveLength(1);
    expect((await only()).state).toBe('uncertain');
  });

  test('is kept while the ledger cannot take it, and not asked for again', async () => {
    let isDown = true;
    const { wire, clock, paid, start, only, logged } = await setUp({}, (ledger) => ({
      settle: (ask) => (isDown ? Promise.reject(new Unavailable('the disk is full')) : ledger.settle(ask)),
    }));
    await paid();
    await start();
    await clock.advance(30 * SECOND);
    expect((await only()).state).toBe('sending');
    isDown = false;
    await clock.advance(SECOND);
    expect((await only()).state).toBe('accepted');
    expect(wire.urls).toHaveLength(1);
    expect(logged).toContain('settle.postponed');
  });

  test('is given up with the lease when the ledger stays away, and then nobody knows', async () => {
    const { wire, clock, paid, start, only, logged } = await setUp({}, () => ({
      settle: () => Promise.reject(new Unavailable('the disk is full')),
    }));
    await paid();
    await start();
    wire.reply = null;
    await clock.advance(2 * MINUTE);
    expect(logged).toContain('attempt.failed');
    expect((await only()).tries.map((each) => each.outcome)).toEqual(['unknown', 'pending']);
  });

  test('that breaks our own code is logged, and the rest goes on', async () => {
    const { wire, clock, paid, start, states, logged } = await setUp({ inFlight: 1 });
    await paid();
    await paid();
    let calls = 0;
    wire.reply = () => {
      calls += 1;
      if (calls === 1) throw new Error('a bug');
      return OK;
    };
    await start();
    expect(logged).toContain('attempt.failed');
    await clock.advance(2 * MINUTE);
    expect(await states()).toEqual(['accepted', 'accepted']);
  });
});
