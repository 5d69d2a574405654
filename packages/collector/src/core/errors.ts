/** The three errors that have a meaning. Anything else that is thrown is our own bug. */

/** Why a caller was refused, as it stands in `code` of a problem answer. */
export type RejectionCode =
  | 'unreadable'
  | 'invalid'
  | 'too-large'
  | 'unauthorized'
  | 'forbidden-origin'
  | 'not-found'
  | 'method-not-allowed'
  | 'unsupported-media-type'
  | 'conflict'
  | 'currency-changed'
  | 'already-reported'
  | 'wrong-state'
  | 'private-address'
  | 'read-only'
  | 'too-many'
  | 'too-slow';

/** The caller's fault: answered 4xx with a problem body that names the field. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  readonly code: RejectionCode;
  readonly field: string | undefined;

  constructor(code: RejectionCode, detail: string, field?: string) {
    super(detail);
    this.code = code;
    this.field = field;
  }
}

/** The job could not be done now: answered 503 with Retry-After; nothing was stored. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly retryAfterSeconds: number;

  constructor(detail: string, retryAfterSeconds = 5) {
    super(detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The process must not start: every problem found, each with what to do. */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
