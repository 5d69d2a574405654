/** The one error answer: application/problem+json (https://www.rfc-editor.org/rfc/rfc9457), never HTML, never a stack. */
import { type ServerResponse, STATUS_CODES } from 'node:http';
import { Rejected, type RejectionCode, Unavailable } from '../core/errors.ts';

export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: RejectionCode | 'unavailable' | 'internal';
  readonly field?: string;
}

const STATUSES: Readonly<Record<RejectionCode, number>> = {
  unreadable: 400,
  invalid: 422,
  'too-large': 413,
  unauthorized: 401,
  'forbidden-origin': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'unsupported-media-type': 415,
  conflict: 409,
  'currency-changed': 422,
  'already-reported': 409,
  'wrong-state': 409,
  'private-address': 422,
  'read-only': 409,
  'too-many': 429,
  'too-slow': 408,
};

/** What an error is for a caller. Of our own bugs a caller learns nothing. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Rejected) {
    const { code, message, field } = error;
    return problem(STATUSES[code], code, { detail: message, ...(field === undefined ? {} : { field }) });
  }
  if (error instanceof Unavailable) return problem(503, 'unavailable', { detail: error.message });
  if (isUnreadableRequest(error)) {
    return problem(400, 'unreadable', { detail: 'the address of this request cannot be read' });
  }
  return problem(500, 'internal', { detail: 'this is our own mistake; the log of the collector says more' });
}

/** Answers with a problem, where nothing was answered yet. */
export function sendProblem(res: ServerResponse, error: unknown, answer = problemOf(error)): void {
  if (res.headersSent) return void res.destroy();
  if (error instanceof Unavailable) res.setHeader('Retry-After', error.retryAfterSeconds);
  if (answer.status === 401) res.setHeader('WWW-Authenticate', 'Bearer');
  const body = Buffer.from(JSON.stringify(answer));
  res.setHeader('Content-Type', 'application/problem+json');
  res.setHeader('Content-Length', body.length);
  res.setHeader('Cache-Control', 'no-store');
  res.statusCode = answer.status;
  res.end(body);
}

export function problem(
  status: number,
  code: Problem['code'],
  more: Pick<Problem, 'detail' | 'field'>,
): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, ...more };
}

/** What Express's router throws for `%zz` in a path. */
function isUnreadableRequest(error: unknown): boolean {
  return error instanceof URIError && 'status' in error && error.status === 400;
}
