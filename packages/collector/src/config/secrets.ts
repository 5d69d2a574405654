/** Keys as they stand in the environment or in a file of ours. */
import { Expected } from './variable.ts';

const LEAST_KEY = 16;
const SECRET_KEY_BYTES = 32;

/** A key that travels in an Authorization header. */
export function readKey(text: string): string | Expected {
  const key = text.trim();
  return key.length >= LEAST_KEY && isBearer(key)
    ? key
    : new Expected(`at least ${LEAST_KEY} letters, digits or signs, without spaces`);
}

/** A token that travels in an Authorization header; its strength is the operator's choice. */
export function readToken(text: string): string | Expected {
  const token = text.trim();
  return isBearer(token) ? token : new Expected('letters, digits or signs, without spaces');
}

/** 32 bytes in base64, of either alphabet. */
export function readSecretKey(text: string): Uint8Array | Expected {
  const given = text.trim();
  const bytes = Buffer.from(given, 'base64');
  return /^[\w+/-]{43}=?$/.test(given) && bytes.length === SECRET_KEY_BYTES
    ? new Uint8Array(bytes)
    : new Expected(`${SECRET_KEY_BYTES} bytes in base64 (44 characters)`);
}

function isBearer(text: string): boolean {
  return /^[\x21-\x7e]{1,512}$/.test(text);
}
