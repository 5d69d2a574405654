/** A moment as the API writes it: ISO 8601 in UTC. A moment outside the calendar is shown as none. */
export function isoOf(at: number | null): string | null {
  return at === null || !(Math.abs(at) <= 8.64e15) ? null : new Date(at).toISOString();
}
