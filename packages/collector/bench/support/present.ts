// Figures as lines a person reads: what, how much, the target, and one word whether it was met.
import { type Figure, verdictOf, wordsOf } from './figure.ts';

const NAME_WIDTH = 54;

export function rowsOf(figures: readonly Figure[]): string[] {
  return figures.map((figure) => {
    const value = `${figure.value.toLocaleString('en')} ${figure.unit}`;
    const row = `  ${figure.name.padEnd(NAME_WIDTH)} ${value.padStart(14)}`;
    return figure.target === null ? row : `${row}   ${wordsOf(figure.target).padEnd(8)} ${verdictOf(figure)}`;
  });
}

export function summaryOf(figures: readonly Figure[], failed: readonly string[]): string {
  const missed = figures.filter((figure) => verdictOf(figure) === 'MISS').map(({ name }) => name);
  const met = figures.filter((figure) => verdictOf(figure) === 'PASS').length;
  const sentences = [`${met} of ${met + missed.length} targets met.`];
  if (missed.length > 0) sentences.push(`MISSED: ${missed.join('; ')}.`);
  if (failed.length > 0) sentences.push(`NOT MEASURED: ${failed.join('; ')}.`);
  return sentences.join(' ');
}
