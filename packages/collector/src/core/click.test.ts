import { CLICK_ID_COOKIES, CLICK_ID_PARAMS } from '@clickback/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLICK } from '../../test/support/samples.ts';
import { clickIdsInCookies, clickIdsInUrl, cookieIn, foundClickId, pageOf } from './click.ts';

const inUrl = (url: string) => clickIdsInUrl(url, CLICK_ID_PARAMS);
const inCookies = (header: string) => clickIdsInCookies(header, CLICK_ID_COOKIES);

/** Text made of what means something in URLs and cookies, and of anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'clickid',
          'click_id',
          '_binom',
          'binom',
          '=',
          '&',
          '?',
          '#',
          ';',
          '%',
          '%7B',
          '%E0%A4',
          '%00',
          '%2',
        ],
        ...[
          '+',
          ' ',
          '\r\n',
          '\u0000',
          '\uD800',
          'https://',
          '//',
          '/',
          '\\',
          '@',
          ':',
          '[',
          ']',
          '"',
          '{clickid}',
        ],
        ...[CLICK, '__proto__', 'a'.repeat(200)],
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 16 },
  )
  .map((parts) => parts.join(''));

describe('the page of an address', () => {
  test.each([
    ['https://shop.example', 'https://shop.example/'],
    ['https://shop.example/p', 'https://shop.example/p'],
    ['HTTP://Shop.Example/P', 'http://shop.example/P'],
    ['https://shop.example:8443/a/b;c=d', 'https://shop.example:8443/a/b;c=d'],
    ['https://shop.example/p?email=me@mail.example#x', 'https://shop.example/p'],
    ['https://shop.example?a', 'https://shop.example/'],
    ['https://shop.example/#token', 'https://shop.example/'],
    ['https://me:secret@shop.example/p', 'https://shop.example/p'],
    ['https://me@mail.example@shop.example/p', 'https://shop.example/p'],
    ['https://пример.example/путь', 'https://xn--e1afmkfd.example/%D0%BF%D1%83%D1%82%D1%8C'],
  ])('of %s is %s', (url, page) => {
    expect(pageOf(url)).toBe(page);
  });

  test.each([
    ...['', 'shop.example/p', '/p', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'],
    ...['ftp://shop.example/', 'https://', 'https://?x', 'https:///', 'about:blank', undefined],
  ])('of %s is none', (url) => {
    expect(pageOf(url)).toBeNull();
  });

  test('never holds a query, a fragment or a name and password, whatever was sent', () => {
    const secret = fc.stringMatching(/^[a-z]{12}$/);
    const around = fc.tuple(hostile, hostile);
    fc.assert(
      fc.property(secret, around, fc.constantFrom('userinfo', 'query', 'fragment'), (word, [a, b], place) => {
        fc.pre(!a.includes(word) && !b.includes(word));
        const url = {
          userinfo: `https://${word}:${word}@shop.example/${a}`,
          query: `https://shop.example/p?${a}${word}${b}`,
          fragment: `https://shop.example/p#${a}${word}${b}`,
        }[place];
        expect(pageOf(url) ?? '').not.toContain(word);
      }),
    );
  });

  test('is found, or not, without an error', () => {
    fc.assert(
      fc.property(hostile, fc.webUrl(), (text, url) => {
        expect([null, 'string']).toContain(pageOf(text) === null ? null : typeof pageOf(text));
        expect(pageOf(url)).not.toBeNull();
      }),
    );
  });
});

describe('click ids in an address', () => {
  test.each([
    ['clickid comes before click_id', `?click_id=b&clickid=${CLICK}`, [CLICK, 'b']],
    ['only names that are known are read', '?subid=a&clickId=b&CLICKID=c&xclickid=d', []],
    [
      'the first usable one of several with one name counts',
      '?clickid={clickid}&clickid=&clickid=a&clickid=b',
      ['a'],
    ],
    [
      'without a usable one the first that is not empty is kept',
      '?clickid=&clickid={clickid}&clickid=null',
      ['{clickid}'],
    ],
    ['escapes are undone, once', '?clickid=a%7Eb&click_id=a%252Db', ['a~b', 'a%2Db']],
    ['a plus is a space, and spaces around are cut off', '?clickid=+a+', ['a']],
    ['an escape nobody can read is left as it stands', '?clickid=%E0%A4%A', ['%E0%A4%A']],
    ['a name may be escaped', '?click%69d=a', ['a']],
    ['a value may hold an equals sign', '?clickid=a=b', ['a=b']],
    ['a fragment is not a query', '#clickid=a', []],
    ['the fragment ends the query', '?x=1#&clickid=a', []],
    ['empty values are none', '?clickid=&click_id=%20', []],
  ])('%s', (_words, query, values) => {
    expect(inUrl(`https://shop.example/checkout${query}`).map((each) => each.value)).toEqual(values);
  });

  test('are told with the parameter they stood in', () => {
    expect(inUrl(`https://shop.example/?click_id=b&clickid=a`)).toEqual([
      { via: 'url.clickid', value: 'a' },
      { via: 'url.click_id', value: 'b' },
    ]);
  });

  test('are read by the names a shop chose, in its order', () => {
    expect(clickIdsInUrl('/?cid=a&sub1=b&clickid=c', ['sub1', 'cid']).map((each) => each.value)).toEqual([
      'b',
      'a',
    ]);
  });
});

describe('click ids in cookies', () => {
  test.each([
    ['_binom comes before binom', `binom=b; _binom=${CLICK}`, [CLICK, 'b']],
    ['others are not read', 'session=secret; uclick=a; x_binom=b', []],
    ['the first usable one of several counts', '_binom=null; _binom=a; _binom=b', ['a']],
    ['escapes are undone and a plus is a plus', '_binom=a%7Eb; binom=a+b', ['a~b', 'a+b']],
    ['spaces do not matter, nor do empty pieces', ' ;;  _binom = a ; ', ['a']],
  ])('%s', (_words, header, values) => {
    expect(inCookies(header).map((each) => each.value)).toEqual(values);
  });

  test('are told with the cookie they stood in', () => {
    expect(inCookies('_binom=a')).toEqual([{ via: 'cookie._binom', value: 'a' }]);
  });
});

describe('one cookie by its name', () => {
  test('is the first of its name, and null where there is none', () => {
    expect(cookieIn('_cbv=v-1; _cbv=v-2', '_cbv')).toBe('v-1');
    expect(cookieIn('x=_cbv', '_cbv')).toBeNull();
    expect(cookieIn('', '_cbv')).toBeNull();
  });
});

describe('whatever is sent', () => {
  test('reading it throws nothing, and gives each name at most once with at most 128 characters', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const found = [...inUrl(text), ...inCookies(text)];
        expect(new Set(found.map((each) => each.via)).size).toBe(found.length);
        for (const { value } of found) {
          expect(value.length).toBeGreaterThan(0);
          expect(value.length).toBeLessThanOrEqual(128);
          expect(value.isWellFormed()).toBe(true);
        }
        cookieIn(text, '_cbv');
      }),
    );
  });

  test('a usable click id written into a query or a cookie is read back as it was', () => {
    const usable = fc
      .stringMatching(/^[\w.~-]{1,128}$/)
      .filter((id) => !/^(?:null|undefined|replace|optional)$/i.test(id));
    fc.assert(
      fc.property(usable, (id) => {
        expect(inUrl(`https://shop.example/?a=b&clickid=${encodeURIComponent(id)}&c=d`)[0]?.value).toBe(id);
        expect(inCookies(`a=b; _binom=${encodeURIComponent(id)}; c=d`)[0]?.value).toBe(id);
      }),
    );
  });
});

describe('a value that is kept', () => {
  test('is cut so that what is left cannot pass for a click id', () => {
    expect(foundClickId('order.click_id', 'a'.repeat(128)).value).toBe('a'.repeat(128));
    expect(foundClickId('order.click_id', 'a'.repeat(129)).value).toBe(`${'a'.repeat(127)}…`);
  });

  test('has no control characters and no half characters', () => {
    expect(foundClickId('order.click_id', ' a\u0000b\u007F\uD800 ').value).toBe('a\uFFFDb\uFFFD\uFFFD');
  });
});
