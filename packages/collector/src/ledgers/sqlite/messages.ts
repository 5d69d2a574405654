/** What the threads of the SQLite ledger say to each other. */
import { Misconfigured, Rejected, type RejectionCode, Unavailable } from '../../core/errors.ts';
import type { Answer } from '../sql/batch.ts';

/** To a worker: verbs in the order they were called, or the word to stop. */
export type Ask = readonly Call[] | 'close';
export type Call = readonly [name: string, args: readonly unknown[]];

/** From a worker, first: whether it could open the file. */
export type Opening = { readonly opened: true } | { readonly problems: readonly string[] };

/** Then: answers in the order of the calls, one message per commit. */
export type Reply = { readonly value: unknown } | { readonly failure: Failure };

/** An error as data: cloning keeps the message, and neither the class nor what else it carries. */
type Failure =
  | { readonly rejected: string; readonly code: RejectionCode; readonly field: string | undefined }
  | { readonly unavailable: string; readonly retryAfterSeconds: number }
  | { readonly name: string; readonly message: string; readonly stack: string | undefined };

export function replyOf(answer: Answer): Reply {
  return 'error' in answer ? { failure: failureOf(answer.error) } : answer;
}

function failureOf(error: unknown): Failure {
  if (error instanceof Rejected) return { rejected: error.message, code: error.code, field: error.field };
  if (error instanceof Unavailable)
    return { unavailable: error.message, retryAfterSeconds: error.retryAfterSeconds };
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack };
  return { name: 'Error', message: String(error), stack: undefined };
}

/** The error as it was thrown in the worker; a bug with the stack it had there. */
export function errorOf(failure: Failure): Error {
  if ('rejected' in failure) return new Rejected(failure.code, failure.rejected, failure.field);
  if ('unavailable' in failure) return new Unavailable(failure.unavailable, failure.retryAfterSeconds);
  const { name, message, stack } = failure;
  return Object.assign(new Error(message), { name, stack });
}

export function openingOf(error: unknown): Opening {
  if (error instanceof Misconfigured) return { problems: error.problems };
  throw error;
}
