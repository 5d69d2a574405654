import { describe, expect, it } from 'vitest';
import { address, table, wrapped } from './layout.ts';

describe('prose', () => {
  it('is broken at spaces, and what follows is indented', () => {
    const text = wrapped(`  ✓ ${'word '.repeat(30)}end`, '    ');

    expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect(text).toMatch(/^ {2}✓ word .*\n {4}word /);
    expect(text.replaceAll(/\s+/g, ' ').trim()).toBe(`✓ ${'word '.repeat(30)}end`);
  });

  it('keeps a word that is too long in one piece', () => {
    const long = 'x'.repeat(100);

    expect(wrapped(`see ${long} there`)).toBe(`see\n${long}\nthere`);
  });

  it('does not count colours', () => {
    const red = `\u001b[31m${'a'.repeat(70)}\u001b[39m`;

    expect(wrapped(`${red} word`)).not.toContain('\n');
  });
});

describe('a table', () => {
  it('lines its columns up, numbers to the right', () => {
    const rows = [
      ['ORDER', 'AMOUNT', 'STATE'],
      ['1', '5.00', 'waiting'],
      ['1002', '1200.00', ''],
    ];

    expect(table(rows, { right: [1] })).toBe(
      'ORDER   AMOUNT  STATE\n1         5.00  waiting\n1002   1200.00',
    );
  });

  it('cuts its last column, and an id before it only where that is not enough', () => {
    const id = '0192c5a1-3f6e-7c1d-9a55-0c8b6a1f2d3e';

    const roomy = table([[id, 'x'.repeat(100)]]);
    expect(roomy).toBe(`${id}  ${'x'.repeat(41)}…`);
    const narrow = table([['y'.repeat(100), 'x'.repeat(100)]]);
    expect(narrow).toBe(`${'y'.repeat(57)}…  ${'x'.repeat(19)}…`);
  });
});

describe('an address', () => {
  const QUERY = '?cnv_id=81e60haa86o0b7&payout=49.90&cnv_status=1&cnv_currency=EUR';

  it('that fits stays on one line', () => {
    expect(address('http://b.example/c?a=b', '  ')).toBe('  http://b.example/c?a=b');
  });

  it('that does not is broken before its query, and the pieces make the whole', () => {
    const url = `https://track.example/click.php${QUERY}&t1=${'z'.repeat(40)}`;

    const lines = address(url, '  ').split('\n');

    expect(lines[0]).toBe('  https://track.example/click.php');
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(lines.map((line) => line.trim()).join('')).toBe(url);
  });
});
