// Faults come in the order they were told. One without a number of times stays until healed.
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';

export class FaultPlan {
  #waiting: { readonly fault: Fault; left: number }[] = [];
  /** Milliseconds before every answer to a postback or an API call. */
  latency = 0;

  fail(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? Infinity });
  }

  heal(): void {
    this.#waiting = [];
  }

  waiting(): Fault[] {
    return this.#waiting.map(({ fault, left }) => (left === Infinity ? fault : { ...fault, times: left }));
  }

  async pause(): Promise<void> {
    if (this.latency > 0) await wait(this.latency, undefined, { ref: false });
  }

  next(on: 'postbacks' | 'api'): Fault | undefined {
    const entry = this.#waiting.find(({ fault }) => [on, 'all'].includes(fault.on ?? 'postbacks'));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#waiting = this.#waiting.filter((other) => other !== entry);
    return entry.fault;
  }
}
