import { describe, expect, test } from 'vitest';
import { CURRENCIES, exponentOf } from './currencies.ts';

/** Every active code of ISO 4217 list one, in its own order, without metals, bond units, XDR, XSU, XUA, XTS and XXX. */
const ACTIVE = `
  AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
  CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
  HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
  MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
  RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
  USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XCD XCG XOF XPF YER ZAR ZMW ZWG`
  .trim()
  .split(/\s+/);

/** Withdrawn so lately that news of old orders still names them. */
const LATELY_WITHDRAWN = ['ANG', 'BGN'];

describe('the table of currencies', () => {
  test('knows every active code, the two withdrawn last, and no other', () => {
    expect([...CURRENCIES].sort()).toEqual([...ACTIVE, ...LATELY_WITHDRAWN].sort());
  });

  // ISO counts 178 active codes; 13 of them (metals, bond units, XDR, XSU, XUA, XTS, XXX) have no minor unit.
  test('holds 178 - 13 active codes and the two withdrawn', () => {
    expect(CURRENCIES).toHaveLength(167);
  });

  // Where vendors and older lists are often wrong: https://docs.stripe.com/currencies, and CLDR rounds many to 0.
  test.each([
    ...(['JPY', 'KRW', 'VND', 'CLP', 'ISK', 'UGX', 'XAF', 'XOF', 'XPF', 'PYG', 'RWF', 'UYI'] as const).map(
      (code) => [code, 0] as const,
    ),
    ...(
      ['EUR', 'USD', 'HUF', 'TWD', 'IDR', 'MGA', 'MRU', 'AFN', 'ALL', 'LAK', 'COP', 'XCG', 'SLE'] as const
    ).map((code) => [code, 2] as const),
    ...(['KWD', 'BHD', 'OMR', 'JOD', 'TND', 'LYD', 'IQD'] as const).map((code) => [code, 3] as const),
    ...(['CLF', 'UYW'] as const).map((code) => [code, 4] as const),
  ])('%s has %i digits', (code, digits) => {
    expect(exponentOf(code)).toBe(digits);
  });

  test.each(['XAU', 'XAG', 'XDR', 'XTS', 'XXX', 'XSU', 'HRK', 'CUC', 'BTC', 'usd', ' USD', ''])(
    'does not know %j',
    (code) => {
      expect(exponentOf(code)).toBeUndefined();
    },
  );
});
