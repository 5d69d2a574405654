import { expect, it, vi } from 'vitest';
import { uuid } from './uuid.ts';

it('is a UUIDv7 that tells its time', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0x0192_c5a1_1234 });
  expect(uuid()).toMatch(/^0192c5a1-1234-7\d{3}-8\d{3}-\d{12}$/);
  vi.useRealTimers();
});

it('needs no randomUUID, which plain-http pages do not have', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  expect(uuid()).toHaveLength(36);
});

it('does not repeat itself', () => {
  const many = Array.from({ length: 10_000 }, uuid);
  expect(new Set(many).size).toBe(many.length);
});
