// Chance that can be repeated: the seed is printed, and SEED=… sends the same messages and plans the same kills.
// https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32

/** 0 ≤ value < 1 */
export type Chance = () => number;

export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function between(chance: Chance, least: number, most: number): number {
  return Math.round(least + chance() * (most - least));
}
