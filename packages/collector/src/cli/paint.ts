/** Colours for a terminal that shows them; text as it is for everything else. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

export function paintFor({ hasColours }: { readonly hasColours: boolean }): Paint {
  const wrapped = (code: number, end: number) => (text: string) =>
    hasColours ? `\u001b[${code}m${text}\u001b[${end}m` : text;
  return {
    bold: wrapped(1, 22),
    dim: wrapped(2, 22),
    good: wrapped(32, 39),
    warn: wrapped(33, 39),
    bad: wrapped(31, 39),
  };
}
