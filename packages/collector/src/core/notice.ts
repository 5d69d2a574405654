/** Something a person should know and perhaps answer; raised once per subject, however often it happens. */

export type NoticeCode =
  | 'second-order-on-click'
  | 'mixed-currency'
  | 'partial-refund-not-reported'
  | 'correction-not-reported'
  | 'amount-changed'
  | 'order-revived'
  | 'ambiguous-join-key'
  | 'currency-changed'
  | 'may-have-counted-twice'
  | 'schedule-exhausted'
  | 'no-answer'
  | 'tracker-paused'
  | 'shared-domain'
  | 'currency-not-listed'
  | 'status-rejects'
  | 'web-page-answer';

export interface Notice {
  readonly shop: string;
  readonly code: NoticeCode;
  /** What it is about: `order:1001`, `click:81e6…`, `tracker:binom`. */
  readonly subject: string;
  /** One or two sentences for a person: what happened and what to do. */
  readonly detail: string;
}
