import { whyUnusable, type Beacon } from '@clickback/protocol';

/** A click id and the name it stood under, or why what stood there is none: in the beacon's own words. */
export type Found = Pick<Beacon, 'via' | 'click_id' | 'bad'>;

/** The first usable value under these names, in their order; `?clickid=a&clickid=b` is one name with two values. */
export const findClickId = (names: readonly string[], read: (name: string) => readonly string[]): Found => {
  let found: Found = {};
  for (const via of names) {
    for (const raw of read(via)) {
      const bad = whyUnusable(raw);
      const click_id = raw.trim();
      if (click_id && !bad) return { via, click_id };
      if (bad) found = { via, bad };
    }
  }
  return found;
};
