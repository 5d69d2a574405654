import { Unavailable } from '../../core/errors.ts';
import type { Thread } from './thread.ts';

/**
 * A thread that is started when it is needed and ended when nobody has needed it for a while: idle, it would cost 20 MB,
 * which on a small server is a lot for a page that is looked at twice a day.
 */
export class LazyThread implements Thread {
  readonly #start: () => Promise<Thread>;
  readonly #idleMs: number;
  #thread: Promise<Thread> | null = null;
  #busy = 0;
  #isClosed = false;
  #resting: NodeJS.Timeout | undefined;

  constructor(start: () => Promise<Thread>, idleMs: number) {
    this.#start = start;
    this.#idleMs = idleMs;
  }

  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#isClosed) throw new Unavailable('The ledger is closed.');
    clearTimeout(this.#resting);
    this.#busy += 1;
    try {
      this.#thread ??= this.#started();
      return await (await this.#thread).call(name, args);
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) this.#rest();
    }
  }

  close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#resting);
    return this.#end();
  }

  #rest(): void {
    if (!this.#isClosed) this.#resting = setTimeout(() => void this.#end(), this.#idleMs).unref();
  }

  async #started(): Promise<Thread> {
    try {
      return await this.#start();
    } catch (error) {
      this.#thread = null;
      const words = error instanceof Error ? error.message : String(error);
      throw new Unavailable(`A reading thread did not start: ${words}.`);
    }
  }

  async #end(): Promise<void> {
    const ending = this.#thread;
    this.#thread = null;
    const thread = await ending?.catch(() => null);
    await thread?.close();
  }
}
