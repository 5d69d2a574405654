import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDecimals, isDecimal } from './add-decimals.ts';

test('a sum keeps the digits of the longer fraction', () => {
  expect(addDecimals('49.90', '0.1')).toBe('50.00');
  expect(addDecimals('0.1', '0.2')).toBe('0.3');
  expect(addDecimals('1500', '0')).toBe('1500');
  expect(addDecimals('1.234', '-1.3')).toBe('-0.066');
  expect(addDecimals('-5', '5.0')).toBe('0.0');
});

test('any two amounts in cents add up exactly', () => {
  const cents = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      expect(addDecimals(inMajorUnits(a), inMajorUnits(b))).toBe(inMajorUnits(a + b));
    }),
  );
});

test.each(['', '1e6', '1,5', '.5', '5.', '+1', 'NaN', '0x10', ' 1'])('%j is not a decimal', (text) => {
  expect(isDecimal(text)).toBe(false);
  expect(() => addDecimals('1', text)).toThrow(RangeError);
});

function inMajorUnits(cents: bigint): string {
  const size = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${size / 100n}.${(size % 100n).toString().padStart(2, '0')}`;
}
