/**
 * Secrets at rest, and digests that recognise a value without keeping it. Both keys are derived from SECRET_KEY, each for
 * its one purpose. A sealed text names its format and its key: `v1.<key id>.<base64url of nonce, tag and ciphertext>`.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Surroundings } from './sql.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function sealWith(secretKey: Uint8Array): Pick<Surroundings, 'seal' | 'unseal' | 'digest'> {
  if (secretKey.length !== 32) throw new RangeError('SECRET_KEY is not 32 bytes');
  const sealKey = derived(secretKey, 'seal');
  const digestKey = derived(secretKey, 'digest');
  const prefix = `v1.${derived(secretKey, 'key id').toString('hex').slice(0, 8)}.`;
  return {
    seal: (text) => prefix + encrypted(text, sealKey, prefix),
    unseal: (sealed) => {
      if (!sealed.startsWith(prefix)) throw new Error('this secret was sealed with another SECRET_KEY');
      return decrypted(sealed.slice(prefix.length), sealKey, prefix);
    },
    digest: (text) => createHmac('sha256', digestKey).update(text).digest('hex'),
  };
}

function derived(secretKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `clickback ${purpose} v1`, 32));
}

function encrypted(text: string, key: Buffer, prefix: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(prefix));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64url');
}

function decrypted(sealed: string, key: Buffer, prefix: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(prefix)).setAuthTag(tag);
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return text.toString('utf8');
}
