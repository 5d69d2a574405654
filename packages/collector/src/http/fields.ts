/** What a field of a request may hold. Each message completes the sentence "… must be". */
import { usableClickId } from '@clickback/protocol';
import { z } from 'zod';
import { exponentOf } from '../core/currencies.ts';
import { instantOf } from './instant-of.ts';

/** Missing, null and empty are the same: shops send all three. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());
}

/** One line of text for people and URLs: nothing unseen, no space at either end. */
export function visible(most: number) {
  return field(
    (value) => value.length > 0 && value.length <= most && isOneLine(value) && value.trim() === value,
    `text of 1 to ${most} visible characters`,
  );
}

/** Any text, as long as a ledger can hold it. */
export function text(most: number) {
  return field((value) => value.length <= most, `text of at most ${most} characters`);
}

export const visitorId = field(
  (value) => /^[\w.~-]{1,64}$/.test(value),
  'up to 64 letters, digits, or . _ ~ -',
);

export const joinKey = field(
  (value) => /^[\x21-\x7e]{1,255}$/.test(value),
  '1 to 255 visible ASCII characters',
);

export const clickId = field(
  (value) => usableClickId(value) === value,
  'a click id as your tracker makes them: 1 to 128 letters, digits, or . _ ~ -',
);

export const currency = field(
  (value) => exponentOf(value) !== undefined,
  'an active ISO 4217 currency code in capitals, such as EUR',
);

/** Epoch ms. */
export const instant = z
  .custom<string>(
    (value) => typeof value === 'string' && instantOf(value) !== null,
    'a time with its zone, such as 2026-11-22T10:00:00Z',
  )
  .transform((value) => instantOf(value) ?? 0);

/** What an answer holds beyond the settings, so that it may be sent back whole. */
export const passedOver = z.unknown().optional();

export const yesOrNo = z.boolean('true or false');

export function whole(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`;
  return z.int(expected).min(least, expected).max(most, expected);
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, `one of ${values.join(', ')}`);
}

/** Text that a rule holds for. */
export function field(holds: (value: string) => boolean, expected: string) {
  return z.custom<string>((value) => typeof value === 'string' && holds(value), expected);
}

/** A lone half of a character cannot be stored as UTF-8 and would come back as another text. */
function isOneLine(value: string): boolean {
  return value.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value);
}
