import type { Clock } from '../../src/core/ports.ts';

/** The machine's clock. */
export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
