/** A worker thread, seen from the main one: verbs called in the same turn of the event loop travel as one message. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Misconfigured, Unavailable } from '../../core/errors.ts';
import { type Ask, type Call, errorOf, type Opening, type Reply } from './messages.ts';
import type { WorkerSettings } from './worker-settings.ts';

export interface Thread {
  call(name: string, args: readonly unknown[]): Promise<unknown>;
  /** Ends once everything called before is done. */
  close(): Promise<void>;
}

export interface ThreadOptions {
  readonly settings: WorkerSettings;
  /** The most verbs that may wait for their answer; beyond it they are refused at once. */
  readonly mostWaiting: number;
  /** It died and nobody asked it to; what was waiting was rejected. */
  readonly onDeath: (error: Error) => void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export async function startThread(entry: URL, options: ThreadOptions): Promise<Thread> {
  const worker = new Worker(entry, { workerData: options.settings, execArgv: [] });
  const [opening] = (await once(worker, 'message')) as [Opening];
  if ('problems' in opening) {
    await worker.terminate();
    throw new Misconfigured(opening.problems);
  }
  return new LiveThread(worker, options);
}

class LiveThread implements Thread {
  readonly #worker: Worker;
  readonly #mostWaiting: number;
  readonly #onDeath: (error: Error) => void;
  readonly #waiting: Waiting[] = [];
  #outbox: Call[] = [];
  #closing: Promise<void> | null = null;
  #ended: string | null = null;

  constructor(worker: Worker, { mostWaiting, onDeath }: ThreadOptions) {
    this.#worker = worker;
    this.#mostWaiting = mostWaiting;
    this.#onDeath = onDeath;
    worker.on('message', (replies: readonly Reply[]) => this.#answer(replies));
    worker.on('error', (error: Error) => this.#die(error));
    worker.on('exit', (code) => this.#die(new Error(`the ledger's thread ended (code ${code})`)));
  }

  call(name: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#ended !== null) return Promise.reject(new Unavailable(this.#ended));
    if (this.#waiting.length >= this.#mostWaiting) {
      return Promise.reject(
        new Unavailable('The ledger has more to do than it can hold; try again shortly.', 1),
      );
    }
    const waiting = this.#outbox.push([name, args]);
    if (waiting === 1) setImmediate(() => this.#flush());
    if (waiting === AT_ONCE) this.#flush();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#ended !== null) return;
    this.#flush();
    this.#ended = 'The ledger is closed.';
    this.#worker.postMessage('close' satisfies Ask);
    await once(this.#worker, 'exit');
  }

  #flush(): void {
    if (this.#outbox.length === 0) return;
    this.#worker.postMessage(this.#outbox satisfies Ask);
    this.#outbox = [];
  }

  #answer(replies: readonly Reply[]): void {
    const answered = this.#waiting.splice(0, replies.length);
    for (const [index, reply] of replies.entries()) {
      if ('failure' in reply) answered[index]?.reject(errorOf(reply.failure));
      else answered[index]?.resolve(reply.value);
    }
  }

  #die(error: Error): void {
    const isExpected = this.#closing !== null && this.#waiting.length === 0;
    for (const { reject } of this.#waiting.splice(0)) reject(new Unavailable('The ledger stopped.'));
    if (isExpected || this.#ended === DEAD) return;
    this.#ended = DEAD;
    this.#onDeath(error);
  }
}

/** A turn can bring hundreds: the thread starts on the first ones while the rest are still being read. */
const AT_ONCE = 64;

const DEAD = 'The ledger stopped; this process is about to end.';
