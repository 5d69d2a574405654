// A template tag that escapes every value it is given, so that no page has to remember to.

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Printable = string | number | Html | readonly Html[] | null | undefined | false;

/** Attribute values must stand in double quotes. `null`, `undefined` and `false` print nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Printable[]): Html {
  return new Html(parts.map((part, index) => part + print(values[index])).join(''));
}

function print(value: Printable): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escape(String(value));
  return value.map(print).join('');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
