/** What may stand in a log: no secret, nothing long, nothing that moves a terminal's cursor. */

const LONGEST_TEXT = 2048;
const MOST_ENTRIES = 50;
const DEEPEST = 4;

/** Names whose values are never logged, whoever logs them; compared without case, `-` and `_`. */
const SECRET = /(?:authorization|cookies?|password|secrets?|secretkey|tokens?|apikeys?|signature)$/;

/** Control characters that JSON leaves as they are, and what some readers take for the end of a line. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029]/g;

/** The fields of a log line as they may be written. */
export function presentable(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return presentFields(fields, 0);
}

function presentFields(fields: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields).slice(0, MOST_ENTRIES);
  return Object.fromEntries(
    entries.map(([name, value]) => [clean(name), isSecret(name, value) ? '…' : present(value, depth)]),
  );
}

function isSecret(name: string, value: unknown): boolean {
  return value != null && SECRET.test(name.toLowerCase().replace(/[-_]/g, ''));
}

function present(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (depth >= DEEPEST) return '…';
  if (value instanceof Error) return presentFields(errorFields(value), depth + 1);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((each) => present(each, depth + 1));
  return presentFields(value, depth + 1);
}

function errorFields({ name, message, stack, cause }: Error): object {
  return { name, message, stack, ...(cause === undefined ? {} : { cause }) };
}

function clean(text: string): string {
  const shown =
    text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}… (${text.length} characters)` : text;
  return shown.toWellFormed().replace(UNSEEN, '\uFFFD');
}
