import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkedMinor,
  formatMoney,
  MAX_MINOR,
  parseMoney,
  percentOf,
  sumDecimals,
  timesDecimal,
} from './money.ts';

/** One currency for every number of digits there is. */
const CURRENCIES = [
  ['JPY', 0],
  ['EUR', 2],
  ['KWD', 3],
  ['CLF', 4],
] as const;

const minor = fc.bigInt({ min: 0n, max: MAX_MINOR });
const decimalText = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 16n }), fc.stringMatching(/^\d{0,8}$/))
  .map(([whole, fraction]) => (fraction === '' ? whole.toString() : `${whole}.${fraction}`));

/** A decimal text as numerator over a power of ten, worked out another way than the code does. */
function fractionOf(text: string): { over: bigint; under: bigint } {
  const digits = text.split('.')[1]?.length ?? 0;
  return { over: BigInt(text.replace('.', '')), under: 10n ** BigInt(digits) };
}

describe.each(CURRENCIES)('money in %s, which has %i digits', (currency, exponent) => {
  test('is the same after it was written and read again', () => {
    fc.assert(
      fc.property(minor, (amount) => {
        expect(parseMoney(formatMoney(amount, currency), currency)).toBe(amount);
      }),
    );
  });

  test('is written with exactly its digits', () => {
    const text = exponent === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${exponent}}$`);
    fc.assert(
      fc.property(minor, (amount) => {
        expect(formatMoney(amount, currency)).toMatch(text);
      }),
    );
  });

  test('is worth what the text says, however many digits it is written with', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 10n }), fc.nat({ max: exponent }), (units, digits) => {
        const scale = 10n ** BigInt(digits);
        const fraction = (units % scale).toString().padStart(digits, '0');
        const text = digits === 0 ? `${units}` : `${units / scale}.${fraction}`;
        expect(parseMoney(text, currency)).toBe(units * 10n ** BigInt(exponent - digits));
      }),
    );
  });

  test('may have zeros beyond its digits, and nothing else beyond them', () => {
    const whole = `7.${'0'.repeat(exponent)}`;
    expect(parseMoney(`${whole}0`, currency)).toBe(7n * 10n ** BigInt(exponent));
    expect(parseMoney(`${whole}1`, currency)).toEqual({
      problem: `"${whole}1" has more decimals than ${currency} allows (${exponent})`,
    });
  });
});

describe('a text that is not plain money', () => {
  test.each([
    ...[
      '',
      ' ',
      '.',
      '-1',
      '+1',
      '-0',
      '1,50',
      '1.000,00',
      '1 000',
      '1_000',
      '1e3',
      '1E3',
      '0x10',
      '1.',
      '.5',
    ],
    ...['1.2.3', ' 1', '1 ', '1\n', '١٢', '１', 'NaN', 'Infinity', '€5', '5€', '1/2', '12345678901234567'],
  ])('is refused and shown: %j', (text) => {
    const read = parseMoney(text, 'EUR');
    expect(read).toEqual({
      problem: `${JSON.stringify(text)} is not a plain decimal amount such as "49.90"`,
    });
  });

  test('is refused in any other spelling too', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^\d{1,16}(?:\.\d{1,8})?$/.test(text));
        expect(parseMoney(text, 'EUR')).toHaveProperty('problem');
      }),
    );
  });

  test('is cut where it is shown, so that a problem stays a sentence', () => {
    const { problem } = parseMoney('9'.repeat(5_000), 'EUR') as { problem: string };
    expect(problem.length).toBeLessThan(120);
  });

  test.each(['eur', 'EURO', 'EU', '', 'XAU', 'XTS', 'BTC', 'constructor', '__proto__'])(
    'is refused where the currency is unknown: %j',
    (currency) => {
      expect(parseMoney('1', currency)).toEqual({
        problem: `${JSON.stringify(currency)} is not an active ISO 4217 currency code`,
      });
      expect(() => formatMoney(1n, currency)).toThrow(RangeError);
    },
  );
});

describe('the largest amount', () => {
  test('is taken, and one minor unit more is not', () => {
    expect(parseMoney('1000000000000000', 'JPY')).toBe(MAX_MINOR);
    expect(parseMoney('1000000000000001', 'JPY')).toEqual({ problem: 'the amount is too large' });
    expect(parseMoney('10000000000000.00', 'EUR')).toBe(MAX_MINOR);
    expect(parseMoney('10000000000000.01', 'EUR')).toEqual({ problem: 'the amount is too large' });
  });

  test('binds amounts in minor units just the same', () => {
    expect(checkedMinor(0n)).toBe(0n);
    expect(checkedMinor(MAX_MINOR)).toBe(MAX_MINOR);
    expect(checkedMinor(MAX_MINOR + 1n)).toEqual({ problem: 'the amount is too large' });
    expect(checkedMinor(-1n)).toEqual({ problem: 'an amount cannot be negative' });
  });
});

describe('a share in percent', () => {
  test.each([
    [4990n, '100', 4990n],
    [4990n, '0', 0n],
    [1n, '50', 1n],
    [1n, '49.999', 0n],
    [3n, '50', 2n],
    [1001n, '12.5', 125n],
    [1004n, '12.5', 126n],
    [333n, '33.333', 111n],
  ])('of %d at %s % is %d', (amount, percent, share) => {
    expect(percentOf(amount, percent)).toBe(share);
  });

  test('is the nearest whole minor unit, the upper one at a half', () => {
    fc.assert(
      fc.property(minor, decimalText, (amount, percent) => {
        const { over, under } = fractionOf(percent);
        // Twice the distance to the exact share, as a numerator over 100 × under.
        const offBy = 2n * (percentOf(amount, percent) * 100n * under - amount * over);
        expect(offBy > -100n * under).toBe(true);
        expect(offBy <= 100n * under).toBe(true);
      }),
    );
  });
});

describe('a decimal text', () => {
  test.each([
    ['5.00', 2, '10.00'],
    ['5', 3, '15'],
    ['0.05', 1, '0.05'],
    ['0.05', 0, '0.00'],
    ['9.99', 10, '99.90'],
  ])('%s times %i is %s', (text, factor, product) => {
    expect(timesDecimal(text, factor)).toBe(product);
  });

  test('times a number is the exact product with the digits of the text', () => {
    fc.assert(
      fc.property(decimalText, fc.nat({ max: 1_000 }), (text, factor) => {
        const product = timesDecimal(text, factor);
        expect(fractionOf(product)).toEqual({
          over: fractionOf(text).over * BigInt(factor),
          under: fractionOf(text).under,
        });
      }),
    );
  });

  test('sums are exact, with the digits of the longest', () => {
    expect(sumDecimals([])).toBe('0');
    expect(sumDecimals(['5', '0.50', '0.005'])).toBe('5.505');
    fc.assert(
      fc.property(fc.array(decimalText, { maxLength: 6 }), (texts) => {
        const sum = fractionOf(sumDecimals(texts));
        const under = texts.reduce(
          (most, text) => (fractionOf(text).under > most ? fractionOf(text).under : most),
          1n,
        );
        const over = texts.reduce((total, text) => {
          const each = fractionOf(text);
          return total + each.over * (under / each.under);
        }, 0n);
        expect(sum).toEqual({ over, under });
      }),
    );
  });
});
