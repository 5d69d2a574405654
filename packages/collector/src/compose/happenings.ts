import type { Happen, Happening } from '../core/ports.ts';

export interface Happenings {
  readonly happen: Happen;
  /** Calls with everything that happens from now on; the returned function ends it. */
  readonly subscribe: (hear: Happen) => () => void;
}

/** Tells everybody who listens. A listener that throws is its own problem, never that of what happened. */
export function happenings(failed: (error: unknown) => void): Happenings {
  const listeners = new Set<Happen>();
  const tell = (hear: Happen, happening: Happening): void => {
    try {
      hear(happening);
    } catch (error) {
      failed(error);
    }
  };
  return {
    happen: (happening) => {
      for (const hear of listeners) tell(hear, happening);
    },
    subscribe: (hear) => {
      const listener: Happen = (happening) => hear(happening);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
