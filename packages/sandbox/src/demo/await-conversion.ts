import { once } from 'node:events';
import type { Conversion } from '../binom/apply-postback.ts';
import type { House } from './start-house.ts';

const LONGEST_WAIT = 15_000;

/** The conversion of a click, as soon as Binom has one; undefined when none came. */
export async function awaitConversion(
  { binom, news }: House,
  clickId: string,
): Promise<Conversion | undefined> {
  const signal = AbortSignal.timeout(LONGEST_WAIT);
  for (;;) {
    const conversion = binom.conversion(clickId);
    if (conversion !== undefined) return conversion;
    try {
      await once(news, 'postback', { signal });
    } catch {
      return binom.conversion(clickId);
    }
  }
}
