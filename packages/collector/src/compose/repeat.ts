import type { Clock } from '../core/ports.ts';

export interface Repeating {
  readonly clock: Clock;
  /** Between the end of one run and the start of the next; also before the first. */
  readonly everyMs: number;
  readonly run: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Runs again and again, never twice at once; the returned function ends it and waits for the run under way. */
export function repeat({ clock, everyMs, run, failed }: Repeating): () => Promise<void> {
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  const next = (): (() => void) =>
    clock.after(everyMs, () => {
      running = run()
        .catch(failed)
        .then(() => {
          if (!isStopped) cancel = next();
        });
    });
  let cancel = next();
  return () => {
    isStopped = true;
    cancel();
    return running;
  };
}
