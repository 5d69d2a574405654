// One measured figure beside its target, and what a section of the benchmark is.

export type Target = { readonly atLeast: number } | { readonly atMost: number };

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: Target | null;
  /** What it was made from, as measured. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Context {
  /** Fewer and shorter rounds: to see that it runs, not to quote. */
  readonly quick: boolean;
  /** On a real disk where there is one; removed afterwards. */
  readonly folder: string;
  /** Progress, for whoever waits. */
  readonly say: (line: string) => void;
}

export interface Section {
  readonly name: string;
  readonly about: string;
  readonly run: (context: Context) => Promise<Figure[]>;
}

export type Verdict = 'PASS' | 'MISS' | '';

export function verdictOf({ value, target }: Figure): Verdict {
  if (target === null) return '';
  return ('atLeast' in target ? value >= target.atLeast : value <= target.atMost) ? 'PASS' : 'MISS';
}

export function wordsOf(target: Target | null): string {
  if (target === null) return '';
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
}
