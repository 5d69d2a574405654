/** Spans of time as people write them: `0`, `5s`, `2m`, `6h`. */
import { Expected } from './variable.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST = 30 * 86_400_000;
const MOST_WAITS = 50;

/** Milliseconds, at most 30 days. */
export function readDuration(text: string): number | Expected {
  const match = /^(\d{1,9})(ms|[smhd])?$/.exec(text.trim());
  const [count, unit] = [Number(match?.[1]), match?.[2]];
  const ms = unit === undefined ? count : count * (UNITS[unit] ?? NaN);
  const isBare = unit === undefined && ms !== 0;
  if (match === null || isBare || !(ms <= LONGEST)) {
    return new Expected('a number with ms, s, m, h or d (or 0), at most 30d');
  }
  return ms;
}

/** The waits before attempt 1, 2, …, in ms. */
export function readSchedule(text: string): readonly number[] | Expected {
  const waits = text.split(',').map(readDuration);
  const read = waits.filter((wait) => typeof wait === 'number');
  if (read.length < waits.length || read.length > MOST_WAITS) {
    return new Expected(
      `a comma list of at most ${MOST_WAITS} waits, each a number with s, m, h or d (or 0), at most 30d`,
    );
  }
  return read;
}

export interface RateLimit {
  readonly most: number;
  readonly withinMs: number;
}

/** `300/10s` or `off`. */
export function readRateLimit(text: string): RateLimit | 'off' | Expected {
  if (text.trim().toLowerCase() === 'off') return 'off';
  const [count = '', span, ...rest] = text.split('/');
  const withinMs = span === undefined ? 0 : readDuration(span);
  const isCount = /^[1-9]\d{0,8}$/.test(count.trim());
  if (!isCount || rest.length > 0 || typeof withinMs !== 'number' || withinMs < 1000) {
    return new Expected('how many in how long (at least 1s), or off');
  }
  return { most: Number(count), withinMs };
}
