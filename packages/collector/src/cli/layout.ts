/** Text for a window of 80 columns. */
import { stripVTControlCharacters } from 'node:util';

export const WIDTH = 80;

/** Prose broken at spaces; lines after the first are indented. */
export function wrapped(text: string, indent = ''): string {
  const [first = '', ...words] = text.split(/(?<=\S) /);
  const lines = [first];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    if (widthOf(last) + 1 + widthOf(word) > WIDTH) lines.push(indent + word.trimStart());
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

/** Rows in columns; where they are too wide the last is cut, and ids before it only where that is not enough. */
export function table(
  rows: readonly (readonly string[])[],
  { right = [] as readonly number[] } = {},
): string {
  const widths = fitted(columnsOf(rows).map((column) => Math.max(...column.map(widthOf))));
  const padded = (cell: string, at: number): string => {
    const shown = cut(cell, widths[at] ?? 0);
    const gap = ' '.repeat(Math.max((widths[at] ?? 0) - widthOf(shown), 0));
    return right.includes(at) ? gap + shown : shown + gap;
  };
  return rows.map((row) => row.map(padded).join(GAP).trimEnd()).join('\n');
}

/** An address over several lines: its place, then its parameters. */
export function address(url: string, indent = ''): string {
  const [place = '', query] = url.split(/(?=\?)/, 2);
  if (query === undefined || indent.length + url.length <= WIDTH) return indent + url;
  const lines = [`${indent}${place}`, `${indent}    `];
  for (const part of query.split(/(?=&)/)) {
    const last = lines.at(-1) ?? '';
    if (last.length + part.length > WIDTH && last.trim() !== '') lines.push(`${indent}    ${part}`);
    else lines[lines.length - 1] = last + part;
  }
  return lines.join('\n');
}

const GAP = '  ';
const LEAST_LAST = 20;

function columnsOf(rows: readonly (readonly string[])[]): string[][] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_none, at) => rows.map((row) => row[at] ?? ''));
}

function fitted(widths: readonly number[]): number[] {
  const all = widths.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(widths.length - 1, 0);
  const last = widths.length - 1;
  const over = Math.max(all - WIDTH, 0);
  const fromLast = Math.min(over, Math.max((widths[last] ?? 0) - LEAST_LAST, 0));
  const widest = widths.indexOf(Math.max(...widths.slice(0, last)));
  return widths.map((width, at) => {
    if (at === last) return width - fromLast;
    return at === widest ? Math.max(width - (over - fromLast), 1) : width;
  });
}

function cut(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${stripVTControlCharacters(text).slice(0, width - 1)}…`;
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
