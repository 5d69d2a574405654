/** A request's body as text, up to a limit. What is too large is answered at once and read off without being kept. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Rejected } from '../core/errors.ts';

/** Rejects a compressed body: it could unpack to anything. */
export function readBody(req: IncomingMessage, limit: number): Promise<string> {
  const { headers } = req;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return Promise.reject(new Rejected('unsupported-media-type', 'send the body uncompressed'));
  }
  if (Number(headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    // Nearly every body is one chunk.
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      if (size > limit) return;
      size += chunk.length;
      if (size > limit) reject(tooLarge(limit));
      else if (first === undefined) first = chunk;
      else (more ??= []).push(chunk);
    });
    req.on('end', () => {
      const text = textOf(first, more);
      if (text === null) reject(new Rejected('unreadable', 'the body is not UTF-8 text'));
      else resolve(text);
    });
    req.on('close', () => {
      if (!req.complete) reject(GONE);
    });
    // Without a listener a connection that breaks would end the process.
    req.on('error', () => reject(GONE));
  });
}

/** Nobody is left to read this answer. */
const GONE = new Rejected('unreadable', 'the request ended before its body did');

function textOf(first: Buffer | undefined, more: readonly Buffer[] | undefined): string | null {
  if (first === undefined) return '';
  const bytes = more === undefined ? first : Buffer.concat([first, ...more]);
  return isUtf8(bytes) ? bytes.toString() : null;
}

function tooLarge(limit: number): Rejected {
  return new Rejected('too-large', `the body is larger than ${limit / 1024} KiB`);
}
