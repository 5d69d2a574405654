/** Which names carry a click id, in which order they are read, and which text is usable as one. */

/** URL parameters that may carry a click id; the first usable one wins. */
export const CLICK_ID_PARAMS = ['clickid', 'click_id'] as const;

/** Cookies that may carry a click id, read after the URL; the first is the one we write. */
export const CLICK_ID_COOKIES = ['_binom', 'binom'] as const;

/** The cookie that keeps the visitor id. */
export const VISITOR_COOKIE = '_cbv';

/** Why a value cannot be a click id: a macro nobody replaced, a filler word, or characters no tracker issues. */
export type UnusableReason = 'macro' | 'filler' | 'charset';

const USABLE = /^[\w.~-]{1,128}$/;
const MACRO = /[{}[\]$]|%7b|%5b/i;
const FILLER = /^(?:optional|replace|null|undefined)$/i;

/**
 * The click id in a raw value, trimmed and with its case kept, or null when the value is not usable as one.
 * Binom's own samples are lower-case base 36 (https://docs.binom.org/update-conv.php), other trackers mix case.
 */
export function usableClickId(raw: string): string | null {
  const value = raw.trim();
  return USABLE.test(value) && !FILLER.test(value) ? value : null;
}

/** Why a value that is not empty is unusable; null when it is usable or there is nothing to judge. */
export function whyUnusable(raw: string): UnusableReason | null {
  const value = raw.trim();
  if (value === '' || usableClickId(value) !== null) return null;
  if (MACRO.test(value)) return 'macro';
  return FILLER.test(value) ? 'filler' : 'charset';
}
