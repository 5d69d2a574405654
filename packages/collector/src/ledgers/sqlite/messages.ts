/** What the threads of the SQLite ledger say to each other. */
import { Misconfigured, Unavailable } from '../../core/errors.ts';
import type { Answer } from '../sql/batch.ts';

/** To a worker: verbs in the order they were called, or the word to stop. */
export type Ask = readonly Call[] | 'close';
export type Call = readonly [name: string, args: readonly unknown[]];

/** From a worker, first: whether it could open the file. */
export type Opening = { readonly opened: true } | { readonly problems: readonly string[] };

/** Then: answers in the order of the calls, one message per commit. */
export type Reply = { readonly value: unknown } | { readonly failure: Failure };

/** An error as data: cloning keeps the message, not the class. */
interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

export function replyOf(answer: Answer): Reply {
  if (!('error' in answer)) return answer;
  const { error } = answer;
  if (!(error instanceof Error))
    return { failure: { name: 'Error', message: String(error), stack: undefined } };
  return { failure: { name: error.name, message: error.message, stack: error.stack } };
}

/** The error as it was thrown in the worker, with the stack it had there. */
export function errorOf({ name, message, stack }: Failure): Error {
  if (name === 'Unavailable') return new Unavailable(message);
  return Object.assign(new Error(message), { name, stack });
}

export function openingOf(error: unknown): Opening {
  if (error instanceof Misconfigured) return { problems: error.problems };
  throw error;
}
