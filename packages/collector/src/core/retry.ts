/** When to try again: a schedule a person can read, spread by a little chance. */

export interface RetryPolicy {
  /** Waits in ms before attempt 1, 2, …; after the last one nothing is tried again by itself. */
  readonly schedule: readonly number[];
  /** Least wait after an attempt whose outcome is unknown, ms. */
  readonly uncertainWait: number;
}

const JITTER = 0.2;
const LONGEST_RETRY_AFTER = 6 * 3_600_000;

/** The wait before an attempt (counted from 1), ±20 %; null when the schedule has no such attempt. */
export function waitBefore(policy: RetryPolicy, attempt: number, random: number): number | null {
  const base = policy.schedule[attempt - 1];
  return base === undefined ? null : Math.round(base * (1 + JITTER * (2 * random - 1)));
}

/**
 * A Retry-After header in ms, at most 6 h: seconds or an HTTP date (https://www.rfc-editor.org/rfc/rfc9110#name-retry-after).
 * Null when absent or unreadable.
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_RETRY_AFTER);
}
