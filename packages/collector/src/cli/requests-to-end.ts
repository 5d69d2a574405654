/** A signal for a whole group of processes reaches us twice: by itself, and passed on by whoever started us. */
const ECHO = 1_000;

/** Hears every request to end: the first one ends, and who asks again later does not want to wait. */
export function requestsToEnd(on: { end: () => void; endAtOnce: () => void; now: () => number }): () => void {
  let first: number | null = null;
  return () => {
    if (first === null) {
      first = on.now();
      on.end();
    } else if (on.now() - first >= ECHO) on.endAtOnce();
  };
}
