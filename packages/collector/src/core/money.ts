/** Money: a decimal string outside, integer minor units inside. No float is ever involved. */
import { exponentOf } from './currencies.ts';

/** Largest amount we hold, in minor units: sums of many stay exact in every ledger. */
export const MAX_MINOR = 10n ** 15n;

/** A text that could not be read as money, with the reason in words. */
export interface MoneyProblem {
  readonly problem: string;
}

const DECIMAL = /^(\d{1,16})(?:\.(\d{1,8}))?$/;

/**
 * Reads `49.90` as 4990n of a currency with two digits. Trailing zeros beyond the currency's digits are harmless;
 * a real fraction beyond them, a sign, an exponent, a comma or a space is a problem.
 */
export function parseMoney(text: string, currency: string): bigint | MoneyProblem {
  const exponent = exponentOf(currency);
  if (exponent === undefined) return { problem: `${show(currency)} is not an active ISO 4217 currency code` };
  const match = DECIMAL.exec(text);
  if (match === null) return { problem: `${show(text)} is not a plain decimal amount such as "49.90"` };
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > exponent) {
    return { problem: `${show(text)} has more decimals than ${currency} allows (${exponent})` };
  }
  return checkedMinor(BigInt(`${match[1] ?? ''}${fraction.padEnd(exponent, '0')}`));
}

/** The same bounds for an amount that arrives in minor units. */
export function checkedMinor(minor: bigint): bigint | MoneyProblem {
  if (minor < 0n) return { problem: 'an amount cannot be negative' };
  return minor > MAX_MINOR ? { problem: 'the amount is too large' } : minor;
}

/** Writes 4990n as `49.90`, 1500n yen as `1500`, 1234n dinar as `1.234`. The currency must be known. */
export function formatMoney(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  if (exponent === undefined) throw new RangeError(`unknown currency ${show(currency)}`);
  return decimal(minor, exponent);
}

/** A share of an amount in percent (`"12.5"`), rounded half up to a whole minor unit. */
export function percentOf(minor: bigint, percent: string): bigint {
  const { digits, scale } = scaled(percent);
  const divisor = 100n * 10n ** BigInt(scale);
  return (minor * digits * 2n + divisor) / (divisor * 2n);
}

/** A decimal text times a whole number, with the text's own digits: `"5.00"` × 2 is `"10.00"`. */
export function timesDecimal(text: string, factor: number): string {
  const { digits, scale } = scaled(text);
  return decimal(digits * BigInt(factor), scale);
}

/** The sum of decimal texts, with as many digits as the longest of them has: `"5"` and `"0.50"` are `"5.50"`. */
export function sumDecimals(texts: readonly string[]): string {
  const terms = texts.map(scaled);
  const scale = Math.max(0, ...terms.map((term) => term.scale));
  const sum = terms.reduce((total, term) => total + term.digits * 10n ** BigInt(scale - term.scale), 0n);
  return decimal(sum, scale);
}

function scaled(text: string): { digits: bigint; scale: number } {
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

function decimal(digits: bigint, scale: number): string {
  if (scale === 0) return digits.toString();
  const text = digits.toString().padStart(scale + 1, '0');
  return `${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

function show(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
