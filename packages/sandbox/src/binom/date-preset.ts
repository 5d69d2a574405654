// `datePreset` of the conversions API: where the period begins and ends, in epoch milliseconds UTC.
const DAY = 86_400_000;

export interface Period {
  readonly from: number;
  readonly until: number;
}

/** Undefined for a preset this stand-in does not know. */
export function datePreset(name: string, now: number): Period | undefined {
  const today = now - (now % DAY);
  switch (name) {
    case 'all_time':
      return { from: 0, until: Infinity };
    case 'today':
      return { from: today, until: Infinity };
    case 'yesterday':
      return { from: today - DAY, until: today };
    case 'last_7_days':
      return { from: today - 6 * DAY, until: Infinity };
    case 'last_30_days':
      return { from: today - 29 * DAY, until: Infinity };
    default:
      return undefined;
  }
}
