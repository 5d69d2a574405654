import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';

/** One request as it arrived, whatever became of it. */
export interface ReceivedRequest {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Whether it was a postback that changed a conversion. */
  counted: boolean;
}

/** Everything that was asked of the stand-in, oldest first. */
export class RequestLog {
  readonly requests: ReceivedRequest[] = [];
  readonly #entries = new WeakMap<Request, ReceivedRequest>();

  keep(req: Request): void {
    const { method, originalUrl: url, headers } = req;
    const entry = { at: Date.now(), method, url, headers, counted: false };
    this.requests.push(entry);
    this.#entries.set(req, entry);
  }

  markCounted(req: Request): void {
    const entry = this.#entries.get(req);
    if (entry !== undefined) entry.counted = true;
  }
}
