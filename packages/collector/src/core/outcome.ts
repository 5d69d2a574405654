/** How an attempt ended. */
export type Outcome =
  | { readonly outcome: 'accepted'; readonly warning: string | null }
  | { readonly outcome: 'not-counted'; readonly reason: string; readonly retryAfterMs: number | null }
  | { readonly outcome: 'unknown'; readonly reason: string; readonly retryAfterMs: number | null }
  | { readonly outcome: 'refused'; readonly reason: string };
