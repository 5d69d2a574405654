/** One call of the API, as data: what it is, who may make it, and how it is answered. */
import type { Who } from './gate.ts';

export interface Ask {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The parsed JSON body; undefined where the method has none. */
  readonly body: unknown;
  /** Who asks, for the audit log. */
  readonly actor: string;
}

/** Without a body: 204. */
export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
}

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly who: Who;
  answer(ask: Ask): Promise<Answer>;
}
