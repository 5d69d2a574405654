import { describe, expect, it } from 'vitest';
import { sealWith } from './seal.ts';

const KEY = new Uint8Array(32).fill(1);
const OTHER_KEY = new Uint8Array(32).fill(2);

describe('sealing a secret', () => {
  it('opens what it sealed, the empty text and other alphabets included', () => {
    const { seal, unseal } = sealWith(KEY);
    for (const text of ['', 'shpss_0123', 'пароль – 密码', 'x'.repeat(10_000)])
      expect(unseal(seal(text))).toBe(text);
  });

  it('never seals the same text to the same bytes, and names format and key', () => {
    const { seal } = sealWith(KEY);
    const [one, other] = [seal('secret'), seal('secret')];
    expect(one).not.toBe(other);
    expect(one).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]+$/);
    expect(one.slice(0, 12)).toBe(other.slice(0, 12));
  });

  it('says when another key sealed it', () => {
    expect(() => sealWith(OTHER_KEY).unseal(sealWith(KEY).seal('secret'))).toThrow('another SECRET_KEY');
  });

  it('refuses what was changed anywhere', () => {
    const { seal, unseal } = sealWith(KEY);
    const sealed = seal('secret');
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      // The last character may hold bits that mean nothing.
      if (at < sealed.length - 1)
        expect(() => unseal(sealed.slice(0, at) + other + sealed.slice(at + 1))).toThrow();
      expect(() => unseal(sealed.slice(0, at))).toThrow();
    }
  });

  it('refuses a key of another length', () => {
    expect(() => sealWith(new Uint8Array(31))).toThrow('32 bytes');
  });
});

describe('a digest', () => {
  it('is the same for the same text and key, and for nothing else', () => {
    const { digest } = sealWith(KEY);
    expect(digest('1001')).toBe(sealWith(KEY).digest('1001'));
    expect(digest('1001')).not.toBe(digest('1002'));
    expect(digest('1001')).not.toBe(sealWith(OTHER_KEY).digest('1001'));
    expect(digest('1001')).toMatch(/^[0-9a-f]{64}$/);
  });
});
