/**
 * Digits after the decimal point for every active currency of ISO 4217 (list one, SIX Financial Information,
 * https://www.six-group.com/en/products-services/financial-information/data-standards.html).
 * Funds codes and metals without a minor unit (XAU, XDR, XTS …) are not money a shop takes, so they are unknown here.
 * ANG and BGN were withdrawn in 2025 and 2026; news about orders of before then still names them.
 */
const DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
    CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU
    MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR
    SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED
    VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const EXPONENTS = new Map(
  Object.entries(DIGITS).flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code) => [code, Number(digits)] as const),
  ),
);

/** Digits after the decimal point of an upper-case ISO 4217 code, or undefined for a code that is not on the list. */
export function exponentOf(currency: string): number | undefined {
  return EXPONENTS.get(currency);
}

/** Every known code, in no particular order. */
export const CURRENCIES: readonly string[] = [...EXPONENTS.keys()];
