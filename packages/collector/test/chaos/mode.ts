// What the tracker does with a repeat decides what an unknown outcome leads to, so everything runs in each mode.
import type { Binom } from '@clickback/sandbox';

export const MODES = ['unset', 'replaces', 'adds'] as const;
export type Mode = (typeof MODES)[number];

export interface Waits {
  /** Least wait after an unknown outcome, ms. */
  readonly uncertain: number;
}

/** The environment of a collector that reports to this stand-in. */
export function envOf(mode: Mode, binom: Binom, { uncertain }: Waits): Record<string, string> {
  return {
    BINOM_DOMAIN: binom.host,
    TRACKER_ALLOW_HOSTS: binom.host,
    RETRY_SCHEDULE: ['0', ...Array<string>(29).fill('300ms')].join(','),
    UNCERTAIN_WAIT: `${uncertain}ms`,
    ...(mode === 'unset' ? {} : { BINOM_REPEATS: mode }),
  };
}
