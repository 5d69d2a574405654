/** localStorage, or the memory of this page where storage is forbidden or full. */
import { safely } from './safely.ts';

/** Key `clickback` holds whose click was told; keys `clickback.…` hold beacons (queue.ts). */
export let shelf: Record<string, string> = {};

/** Throws where storage is forbidden; null in web views that have it switched off. */
export const openShelf = safely(() => {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- see above
  shelf = localStorage || shelf;
});

export const put = (key: string, value: string): void => {
  try {
    shelf[key] = value;
  } catch {
    shelf = { ...shelf, [key]: value };
  }
};

export const drop = (key: string): boolean => delete shelf[key];
