import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withParameter } from './parameter.ts';

const put = (url: string) => withParameter(url, 'clickid', 'NEW');

describe('a parameter is put into a URL', () => {
  it.each([
    ['https://x.example', 'https://x.example?clickid=NEW'],
    ['https://x.example/p?', 'https://x.example/p?clickid=NEW'],
    ['/p?a=1', '/p?a=1&clickid=NEW'],
    ['/p?a=1#f?clickid=x&clickid=y', '/p?a=1&clickid=NEW#f?clickid=x&clickid=y'],
    ['/p#f', '/p?clickid=NEW#f'],
    ['/p?clickid=old', '/p?clickid=NEW'],
    ['/p?a=1&clickid=old&b=2', '/p?a=1&clickid=NEW&b=2'],
    ['/p?clickid=old&a=1&clickid=older', '/p?clickid=NEW&a=1'],
    ['/p?clickid&a', '/p?clickid=NEW&a'],
    ['/p?xclickid=1&clickid2=2', '/p?xclickid=1&clickid2=2&clickid=NEW'],
    ['/p&clickid=path?a=b?clickid=c', '/p&clickid=path?a=b?clickid=c&clickid=NEW'],
    ['/p?a=%2F+%20%E4&&b=[1]&=', '/p?a=%2F+%20%E4&&b=[1]&=&clickid=NEW'],
  ])('%s becomes %s', (url, expected) => {
    expect(put(url)).toBe(expected);
  });
  it('a name with brackets is a name like any other', () => {
    expect(withParameter('/cart?attributes[clickid]=old&a=1', 'attributes[clickid]', 'NEW')).toBe(
      '/cart?attributes[clickid]=NEW&a=1',
    );
  });
});

const text = fc.string({ unit: fc.constantFrom(...'ab1%2F=+[]/;:@!$\'"<> ü?'), maxLength: 12 });
const part = fc.oneof(
  text,
  fc.constantFrom('clickid=old', 'clickid', 'clickid=', 'click_id=other', 'a=clickid=1'),
);
const url = fc
  .record({
    path: text.map((p) => p.replaceAll('?', '')),
    query: fc.option(fc.array(part)),
    hash: fc.option(text),
  })
  .map(({ path, query, hash }) => ({
    path,
    query: query?.join('&'),
    hash: hash === null ? '' : `#${hash}`,
    all: path + (query ? `?${query.join('&')}` : '') + (hash === null ? '' : `#${hash}`),
  }));

const others = (query: string) => query.split('&').filter((one) => one.split('=')[0] !== 'clickid');

describe('for every URL', () => {
  it('everything but the parameter stays byte for byte', () => {
    fc.assert(
      fc.property(url, ({ path, query = '', hash, all }) => {
        const after = put(all);
        expect(after.startsWith(`${path}?`) && after.endsWith(hash)).toBe(true);
        const queryAfter = after.slice(path.length + 1, after.length - hash.length);
        expect(others(queryAfter)).toEqual(query === '' ? [] : others(query));
        expect(queryAfter.split('&').filter((one) => one === 'clickid=NEW')).toHaveLength(1);
        expect(queryAfter.split('&')).toHaveLength((query === '' ? 0 : others(query).length) + 1);
      }),
    );
  });
  it('doing it twice changes nothing more', () => {
    fc.assert(
      fc.property(url, ({ all }) => {
        expect(put(put(all))).toBe(put(all));
      }),
    );
  });
});
