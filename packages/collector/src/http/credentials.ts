/** Keys and tokens: read from a request, made, and compared in a time that tells nothing of them. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The bearer token of a request, or null. https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function bearerOf({ headers }: IncomingMessage): string | null {
  return /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Hex SHA-256. Keys have 256 bits of chance, so a slow hash would add nothing. */
export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** A test for one secret. */
export function isSecret(secret: string): (candidate: string) => boolean {
  const expected = createHash('sha256').update(secret).digest();
  return (candidate) => timingSafeEqual(createHash('sha256').update(candidate).digest(), expected);
}

/** A new key for a shop. Its prefix lets scanners of leaked secrets find it. */
export function newShopKey(): string {
  return `cbk_${randomBytes(32).toString('base64url')}`;
}
