// A wire that calls nobody: it writes down what was to be sent, and answers as the test says.
import type { Wire, WireReply } from '../../src/core/ports.ts';

export const OK = answerOf(200);

export function answerOf(status: number, headers: Readonly<Record<string, string>> = {}): WireReply {
  return { kind: 'answer', status, headers, body: status === 200 ? 'OK' : '', ms: 12 };
}

export const SILENCE: WireReply = { kind: 'no-answer', reason: 'no answer in 10 s', ms: 10_000 };
export const NOBODY: WireReply = { kind: 'never-connected', reason: 'connection refused', ms: 1 };

export class RecordingWire implements Wire {
  /** Every URL that was called, in order. */
  readonly urls: string[] = [];
  /** What each call is answered with; null keeps it waiting for `answer`. */
  reply: WireReply | null | ((url: string) => WireReply | null) = OK;
  /** The most calls that were under way at one time. */
  most = 0;
  readonly #waiting: { url: string; resolve: (reply: WireReply) => void }[] = [];

  get(url: string): Promise<WireReply> {
    this.urls.push(url);
    const reply = typeof this.reply === 'function' ? this.reply(url) : this.reply;
    if (reply !== null) return Promise.resolve(reply);
    return new Promise((resolve) => {
      this.#waiting.push({ url, resolve });
      this.most = Math.max(this.most, this.#waiting.length);
    });
  }

  async close(): Promise<void> {}

  /** The calls that wait for an answer. */
  get waiting(): string[] {
    return this.#waiting.map((each) => each.url);
  }

  /** Answers the call that has waited longest. */
  answer(reply: WireReply = OK): void {
    const first = this.#waiting.shift();
    if (first === undefined) throw new Error('no call is waiting');
    first.resolve(reply);
  }
}
