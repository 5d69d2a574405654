// What can be told to go wrong.

/** How an answer goes wrong. */
export type Misbehaviour =
  /** Any status; `retryAfter` in seconds or as an HTTP date. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** The socket is reset (RST) before any answer. */
  | { readonly kind: 'reset' }
  /** 200, its body one byte every `everyMs` (default 1,000). */
  | { readonly kind: 'drip'; readonly everyMs?: number }
  /** 302, as a wrong path answers. */
  | { readonly kind: 'redirect'; readonly to?: string }
  /** 200 with a web page, as a wrong host answers. */
  | { readonly kind: 'page' }
  /** 200 with a body that never ends. */
  | { readonly kind: 'endless' };

export interface FaultTerms {
  /** How many answers it spoils; until `heal()` when left out. */
  readonly times?: number;
  /** Whether the conversion is counted all the same, and only its answer lost. Default: only for `drip` and `endless`. */
  readonly counts?: boolean;
  /** Which requests it meets. Default: postbacks. */
  readonly on?: 'postbacks' | 'api' | 'all';
}

export type Fault = Misbehaviour & FaultTerms;

export function countsAnyway(fault: Fault): boolean {
  return fault.counts ?? (fault.kind === 'drip' || fault.kind === 'endless');
}
