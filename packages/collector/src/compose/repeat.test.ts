import { describe, expect, it } from 'vitest';
import { HandClock, settled } from '../../test/support/hand-clock.ts';
import { repeat } from './repeat.ts';

describe('what is done now and then', () => {
  it('is done after each wait, and a failure does not end it', async () => {
    const clock = new HandClock();
    const runs: number[] = [];
    const failures: unknown[] = [];
    const run = async () => {
      runs.push(clock.now());
      if (runs.length === 1) throw new Error('not now');
    };
    repeat({ clock, everyMs: 5_000, run, failed: (error) => failures.push(error) });

    await clock.advance(15_000);

    expect(runs).toHaveLength(3);
    expect(failures).toEqual([new Error('not now')]);
  });

  it('is never done twice at once, and ends when what is under way has ended', async () => {
    const clock = new HandClock();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    let runs = 0;
    const run = () => {
      runs += 1;
      return promise;
    };
    const stop = repeat({ clock, everyMs: 1_000, run, failed: () => undefined });
    await clock.advance(10_000);
    expect(runs).toBe(1);

    let isEnded = false;
    const end = stop().then(() => (isEnded = true));
    await settled();
    expect(isEnded).toBe(false);
    resolve(undefined);
    await end;
    await clock.advance(10_000);

    expect(runs).toBe(1);
    expect(clock.waiting).toBe(0);
  });
});
