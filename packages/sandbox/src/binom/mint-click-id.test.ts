import { expect, test } from 'vitest';
import { mintClickId } from './mint-click-id.ts';

test('a minted click id has the shape of a real one', () => {
  for (const counter of [1, 46_655, 36 ** 7]) expect(mintClickId(counter)).toMatch(/^[a-z0-9]{13,18}$/);
});

test('the counter stands inside, so two ids never meet', () => {
  expect(mintClickId(35).slice(5, 11)).toBe('00000z');
});
