/** Speaks to the running collector as its operator, and says in words why it could not. */
import { adminToken } from './admin-token.ts';
import { errorWords } from './error-words.ts';
import { Failed } from './failed.ts';
import { shownJson } from './shown-json.ts';
import type { Terminal } from './terminal.ts';

/** What the collector answered: as it came, and as it may be shown to a person. */
export interface Answer<Body> {
  readonly raw: unknown;
  readonly body: Body;
}

export interface CollectorClient {
  readonly url: string;
  call<Body>(method: Method, path: string, body?: unknown): Promise<Answer<Body>>;
  /** An answer that goes on until one side ends it. */
  stream(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** The status of an answer, whatever it is; null when nobody answers. */
  status(path: string): Promise<number | null>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const DEFAULT_URL = 'http://127.0.0.1:8787';
/** A test postback may take as long as the wire waits for Binom. */
const LONGEST_CALL = 30_000;

export function collectorClient({ env }: Pick<Terminal, 'env'>): CollectorClient {
  const url = (env['CLICKBACK_URL']?.trim() || DEFAULT_URL).replace(/\/+$/, '');
  const headers = () => ({ authorization: `Bearer ${adminToken(env)}` });
  return {
    url,
    async call(method, path, body) {
      const sent = body === undefined ? null : JSON.stringify(body);
      const type = sent === null ? {} : { 'content-type': 'application/json' };
      const init = { method, headers: { ...headers(), ...type }, body: sent, redirect: 'manual' } as const;
      const { status, text } = await answered(url, path, {
        ...init,
        signal: AbortSignal.timeout(LONGEST_CALL),
      });
      if (status < 200 || status >= 300) throw refused(url, status, text);
      return { raw: text === '' ? undefined : JSON.parse(text), body: shownJson(text) as never };
    },
    async stream(path, signal) {
      const response = await fetch(`${url}${path}`, { headers: headers(), redirect: 'manual', signal }).catch(
        (error: unknown) => {
          throw unreachable(url, error);
        },
      );
      if (response.ok && response.body !== null) return response.body;
      throw refused(url, response.status, await response.text());
    },
    status: (path) =>
      answered(url, path, { redirect: 'manual', signal: AbortSignal.timeout(LONGEST_CALL) }).then(
        ({ status }) => status,
        () => null,
      ),
  };
}

async function answered(
  url: string,
  path: string,
  init: RequestInit,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw unreachable(url, error);
  }
}

function unreachable(url: string, error: unknown): Failed {
  return new Failed(
    `No collector answers at ${url} (${errorWords(error)}). Start it with: npx clickback serve\n` +
      'If it runs elsewhere, set CLICKBACK_URL to its address.',
  );
}

function refused(url: string, status: number, text: string): Failed {
  const { detail, code = null } = (shownJson(text) ?? {}) as { detail?: string; code?: string };
  if (status === 401) {
    return new Failed(
      `The collector at ${url} does not take this admin token. Is it the one of another collector?`,
    );
  }
  return detail === undefined
    ? new Failed(`${url} answered ${status}, and not as a collector does. Is CLICKBACK_URL right?`)
    : new Failed(sentence(detail), code);
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
