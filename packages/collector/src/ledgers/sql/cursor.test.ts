import { describe, expect, it } from 'vitest';
import { pageOf, placeOf } from './cursor.ts';

const place = (id: string) => ({ at: 1_795_341_600_000, id });
const cursorAfter = (id: string) => pageOf([id, 'more'], 1, place).cursor;

describe('a cursor', () => {
  it.each(['1001', 'an id with spaces', 'ümläut\nand a line'])(
    'leads back to where the list stopped: %s',
    (id) => {
      expect(placeOf(cursorAfter(id))).toEqual(place(id));
    },
  );

  it('is opaque, and safe in a query', () => {
    expect(cursorAfter('?a=b&c d')).toMatch(/^[\w-]+$/);
  });

  it('is not given on the last page', () => {
    expect(pageOf(['1', '2'], 2, place)).toEqual({ items: ['1', '2'], cursor: null });
    expect(pageOf([], 2, place)).toEqual({ items: [], cursor: null });
  });

  it.each([
    '',
    'x',
    '1001',
    'MSAx=',
    `${cursorAfter('1001')!}!`,
    Buffer.from('soon 1001').toString('base64url'),
  ])('that no list gave out is the caller’s fault: %j', (cursor) => {
    expect(() => placeOf(cursor)).toThrow(expect.objectContaining({ code: 'invalid', field: 'cursor' }));
  });
});
