// Money by exact arithmetic: property tests compare these sums to the last digit, so no floats.

/** Digits, perhaps a fraction, perhaps a minus; no exponent, no grouping. */
export function isDecimal(text: string): boolean {
  return /^-?\d{1,30}(?:\.\d{1,20})?$/.test(text);
}

/** The exact sum, with the digits of the longer fraction: `49.90` + `0.1` = `50.00`. Throws on anything but decimals. */
export function addDecimals(a: string, b: string): string {
  const scale = Math.max(fraction(a).length, fraction(b).length);
  const units = toUnits(a, scale) + toUnits(b, scale);
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}

function fraction(text: string): string {
  return text.split('.')[1] ?? '';
}

function toUnits(text: string, scale: number): bigint {
  if (!isDecimal(text)) throw new RangeError(`not a decimal number: ${JSON.stringify(text)}`);
  return BigInt(text.replace('.', '') + '0'.repeat(scale - fraction(text).length));
}
