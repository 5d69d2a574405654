/** ISO 8601 with a zone, as Java, PHP, Python and JavaScript write it: fractions, and offsets with or without a colon. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** Epoch ms; null for a text that is no such time, or names a day that does not exist. */
export function instantOf(text: string): number | null {
  const [, year, month, day] = ISO.exec(text) ?? [];
  // Date.parse takes February 30th for March 2nd.
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return null;
  const at = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return year === undefined || Number.isNaN(at) ? null : at;
}
