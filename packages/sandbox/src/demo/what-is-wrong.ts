import type { Conversion } from '../binom/apply-postback.ts';

export type Expected = Pick<Conversion, 'clickId' | 'payout' | 'currency' | 'status'>;

/** What differs between the conversion Binom has and the one it should have; empty when all is right. */
export function whatIsWrong(conversion: Conversion | undefined, expected: Expected): string[] {
  if (conversion === undefined) return [`Binom has no conversion for click ${expected.clickId}`];
  const parts = ['clickId', 'payout', 'currency', 'status'] as const;
  return parts
    .filter((part) => conversion[part] !== expected[part])
    .map((part) => `its ${part} is ${String(conversion[part])}, and should be ${String(expected[part])}`);
}
