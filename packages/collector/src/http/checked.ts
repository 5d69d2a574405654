/** A value that fits its schema, or a 422 that names the first field at fault and what it should have been. */
import type { z } from 'zod';
import { Rejected } from '../core/errors.ts';

export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Rejected('invalid', 'the body must be a JSON object');
  }
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const [issue] = reading.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0]].join('.').slice(0, 100);
    throw new Rejected('invalid', `there is no field ${JSON.stringify(field)} here`, field);
  }
  const field = (issue?.path ?? []).join('.').slice(0, 100);
  const isMissing = issue?.path.length === 1 && !Object.hasOwn(value, field);
  throw new Rejected(
    'invalid',
    isMissing ? `${field} is missing` : `${field} must be ${issue?.message ?? 'right'}`,
    field,
  );
}
