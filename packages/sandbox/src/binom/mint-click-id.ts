// A click id in the shape of live ones, such as 81e60haa86o0b7: 5 characters, a counter, 3 characters; base 36.
import { randomInt } from 'node:crypto';

export function mintClickId(counter: number): string {
  return random(5) + counter.toString(36).padStart(6, '0') + random(3);
}

function random(length: number): string {
  return Array.from({ length }, () => randomInt(36).toString(36)).join('');
}
