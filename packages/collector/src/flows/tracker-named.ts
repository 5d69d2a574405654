import { Rejected } from '../core/errors.ts';
import type { Tracker } from '../core/ports.ts';

/** The tracker of the catalogue with this name, or a 404. */
export function trackerNamed(trackers: ReadonlyMap<string, Tracker>, name: string): Tracker {
  const tracker = trackers.get(name);
  if (tracker !== undefined) return tracker;
  const known = [...trackers.keys()].join(', ');
  throw new Rejected('not-found', `there is no tracker ${JSON.stringify(name)}; known: ${known}`, 'tracker');
}
