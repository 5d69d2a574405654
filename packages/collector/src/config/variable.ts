/** One variable of the environment: how its text is read, and what a person is told when it cannot be. */

/** What a text should have been, in words that follow "expected". */
export class Expected {
  readonly words: string;

  constructor(words: string) {
    this.words = words;
  }
}

export interface Variable<Value> {
  readonly read: (text: string) => Value | Expected;
  /** A value that would be read, for the person who reads the problem. */
  readonly example: string;
  /** Its value is never shown. */
  readonly isSecret?: boolean;
}

/** The value, or one sentence with the variable, what was given, what is expected, and an example. */
export function readVariable<Value>(
  name: string,
  text: string,
  { read, example, isSecret = false }: Variable<Value>,
): { readonly value: Value } | { readonly problem: string } {
  const value = CONTROL.test(text) ? new Expected('text without control characters') : read(text);
  if (!(value instanceof Expected)) return { value };
  const given = isSecret ? `${text.length} characters, not shown` : shown(text);
  return { problem: `${name} is ${given}; expected ${value.words}, such as ${name}=${example}` };
}

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/;
const LONGEST_SHOWN = 80;

/** What was given, without a password that stands in an address. */
function shown(text: string): string {
  const masked = text.replace(/\/\/[^/?#]*@/, '//…@');
  return JSON.stringify(masked.length > LONGEST_SHOWN ? `${masked.slice(0, LONGEST_SHOWN)}…` : masked);
}
