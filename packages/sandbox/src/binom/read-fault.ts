// A fault as the control endpoint receives it. A misspelt fault must fail loudly: a test that believes it broke the
// tracker, and did not, proves nothing.
import type { Fault } from './fault.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(String(value));
const whole =
  (from: number, to: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= from && Number(value) <= to;

const TERMS: Record<string, Check> = {
  times: whole(1, 1e9),
  counts: (value) => typeof value === 'boolean',
  on: oneOf('postbacks', 'api', 'all'),
};

const KINDS: Record<Fault['kind'], Record<string, Check>> = {
  status: { status: whole(200, 599), retryAfter: text, body: text },
  hang: {},
  reset: {},
  drip: { everyMs: whole(0, 1e9) },
  redirect: { to: text },
  page: {},
  endless: {},
};

/** The fault, or in words what is wrong with it. */
export function readFault(input: unknown): Fault | string {
  if (typeof input !== 'object' || input === null) return 'a fault is an object';
  const fault = new Map<string, unknown>(Object.entries(input));
  const kind = fault.get('kind');
  if (!isKind(kind)) return `kind must be one of ${Object.keys(KINDS).join(', ')}`;
  fault.delete('kind');

  const checks = { ...TERMS, ...KINDS[kind] };
  for (const [name, value] of fault) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) return `${kind} knows no ${JSON.stringify(name)}`;
    if (!check(value)) return `${name} cannot be ${JSON.stringify(value)}`;
  }
  if (kind === 'status' && !fault.has('status')) return 'status is missing';
  return input as Fault;
}

function isKind(kind: unknown): kind is Fault['kind'] {
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}
