import { describe, expect, it } from 'vitest';
import { applyPostback } from '../binom/apply-postback.ts';
import { whatIsWrong } from './what-is-wrong.ts';

const EXPECTED = { clickId: 'abc', payout: '49.90', currency: 'EUR', status: '1' };

describe('what is wrong with a conversion', () => {
  it('is nothing where it is as it should be', () => {
    expect(whatIsWrong(applyPostback(undefined, EXPECTED, { upsell: false }), EXPECTED)).toEqual([]);
  });

  it('is that there is none', () => {
    expect(whatIsWrong(undefined, EXPECTED)).toEqual(['Binom has no conversion for click abc']);
  });

  it('is each part that differs', () => {
    const conversion = applyPostback(undefined, { clickId: 'abc', payout: '5' }, { upsell: false });

    expect(whatIsWrong(conversion, EXPECTED)).toEqual([
      'its payout is 5, and should be 49.90',
      'its currency is null, and should be EUR',
      'its status is null, and should be 1',
    ]);
  });
});
