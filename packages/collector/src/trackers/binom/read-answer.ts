// What Binom's answers mean. They are documented nowhere we found, so only the status counts, and 2xx is no more than
// "accepted".
import type { Outcome } from '../../core/outcome.ts';
import type { WireReply } from '../../core/ports.ts';
import { retryAfter } from '../../core/retry.ts';

type Answer = Extract<WireReply, { kind: 'answer' }>;

export function readAnswer(reply: WireReply, now: number): Outcome {
  switch (reply.kind) {
    case 'answer':
      return ofStatus(reply, now);
    case 'no-answer':
      return { outcome: 'unknown', reason: `no answer: ${reply.reason}`, retryAfterMs: null };
    case 'never-connected':
      return { outcome: 'not-counted', reason: `could not connect: ${reply.reason}`, retryAfterMs: null };
    // Nothing was sent. Not `refused`, which is final: whoever spoils the name's DNS for an hour must not burn postbacks.
    case 'forbidden-address':
      return { outcome: 'not-counted', reason: `not called: ${reply.reason}`, retryAfterMs: null };
  }
}

/** Answers of a server that turned the request away before it did anything. */
const BUSY: ReadonlyMap<number, string> = new Map([
  [408, 'the tracker gave up waiting for the request (408)'],
  [425, 'the tracker says it is too early (425)'],
  [429, 'the tracker says too many requests (429)'],
  [503, 'the tracker is not available (503)'],
]);

function ofStatus(answer: Answer, now: number): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: 'accepted', warning: warningOf(answer) };
  const retryAfterMs = retryAfter(answer.headers['retry-after'], now);
  const busy = BUSY.get(status);
  if (busy !== undefined) return { outcome: 'not-counted', reason: busy, retryAfterMs };
  if (status >= 300 && status < 400) return { outcome: 'refused', reason: redirected(answer) };
  if (status >= 400 && status < 500) return { outcome: 'refused', reason: refused(status) };
  return { outcome: 'unknown', reason: `the tracker failed (${status})`, retryAfterMs };
}

function warningOf(answer: Answer): string | null {
  return isWebPage(answer)
    ? 'the answer is a web page: are the tracking domain and the click path right?'
    : null;
}

/** PHP calls every text `text/html`, so the type alone says nothing. */
function isWebPage({ headers, body }: Answer): boolean {
  if (/^\s*(?:<!--|<!doctype html|<\?xml|<html|<head|<body)/i.test(body)) return true;
  return /^\s*text\/html/i.test(headers['content-type'] ?? '') && /<!doctype html|<html[\s>]/i.test(body);
}

function refused(status: number): string {
  const hint = HINTS.get(status);
  return `Binom said no (${status})${hint === undefined ? '' : `: ${hint}`}`;
}

const HINTS: ReadonlyMap<number, string> = new Map([
  [401, 'something in front of it asks for a log-in'],
  [403, 'does a firewall or bot filter stand in front of it?'],
  [404, 'is the click path right? Binom v2 documents /click, v1 /click.php'],
  [410, 'is the click path right? Binom v2 documents /click, v1 /click.php'],
]);

const LOCATION = /^\s*(?:(https?):)?\/\/(?:[^/?#\\@]*@)?([^/?#\\@\s]{1,253})/i;

function redirected({ status, headers }: Answer): string {
  // Of the target only the host: the rest may repeat what we sent.
  const [, scheme = 'https', host] = LOCATION.exec(headers['location'] ?? '') ?? [];
  const began = `Binom redirected (${status})`;
  if (host === undefined) return `${began} to another path: are host and click path exact?`;
  return `${began} to ${scheme.toLowerCase()}://${host}: is the host exact (with or without www)?`;
}
