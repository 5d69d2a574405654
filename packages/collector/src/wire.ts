// The only outgoing HTTP call. Its one promise beyond HTTP: it says `never-connected` only when nothing of the request
// can have been read by the other side, because a postback that may have arrived must not be repeated lightly.
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import type { Wire, WireReply } from './core/ports.ts';
import { allowsOf, type Allows } from './wire/address.ts';
import { createConnect, ForbiddenAddress } from './wire/connect.ts';

export interface WireOptions {
  /** `host[:port]`: may be private, and may be reached by plain http. */
  readonly allowHosts: readonly string[];
  /** For name, TCP and TLS together. */
  readonly connectTimeoutMs?: number;
  /** For the whole request, the answer's body included. */
  readonly totalTimeoutMs?: number;
  /** After so much body the socket is dropped; the answer counts. */
  readonly maxBodyBytes?: number;
  /** How much of the body is kept for people to read. */
  readonly keepBodyBytes?: number;
  readonly lookup?: LookupFunction;
}

export function createWire(options: WireOptions): Wire {
  const { allowHosts, connectTimeoutMs = 3000, lookup, ...given } = options;
  const limits = { totalTimeoutMs: 10_000, maxBodyBytes: 65_536, keepBodyBytes: 2048, ...given };
  const allows = allowsOf(allowHosts);
  const agent = new Agent({
    connect: createConnect({ allows, timeoutMs: connectTimeoutMs, lookup }),
    // One deadline covers everything: see Exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
    allowH2: false,
  });
  const call = ({ origin, pathname, search }: URL): Promise<WireReply> =>
    new Promise((resolve) => {
      const request = { origin, path: pathname + search, method: 'GET', headers: HEADERS };
      agent.dispatch(request, new Exchange(limits, resolve));
    });
  return {
    get: async (url) => {
      const target = URL.parse(url);
      if (target === null) return forbidden('this is not an address to call');
      const reason = refusal(target, allows);
      return reason === null ? call(target) : forbidden(reason);
    },
    close: () => agent.close(),
  };
}

// Firewalls turn away callers without a name.
const HEADERS = { 'user-agent': 'Clickback', accept: '*/*', 'accept-encoding': 'identity' };

function forbidden(reason: string): WireReply {
  return { kind: 'forbidden-address', reason, ms: 0 };
}

function refusal(target: URL, allows: Allows): string | null {
  if (target.username !== '' || target.password !== '') return 'an address with a user name is not called';
  if (target.protocol === 'https:') return null;
  const isPlain = target.protocol === 'http:';
  if (isPlain && allows(target.hostname, target.port || '80')) return null;
  return `${target.protocol.slice(0, -1)} is not used for ${target.host}: only https, or http for hosts in TRACKER_ALLOW_HOSTS`;
}

interface Limits {
  readonly totalTimeoutMs: number;
  readonly maxBodyBytes: number;
  readonly keepBodyBytes: number;
}

/**
 * One request and its answer. Below undici's `request`, because only a handler hears `onRequestStart`: undici calls it
 * immediately before it writes, so what fails earlier was certainly not sent.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #limits: Limits;
  readonly #resolve: (reply: WireReply) => void;
  readonly #startedAt = performance.now();
  readonly #deadline: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  #status: number | null = null;
  #headers: Record<string, string> = {};
  #kept: Buffer[] = [];
  #read = 0;
  #isOver = false;

  constructor(limits: Limits, resolve: (reply: WireReply) => void) {
    this.#limits = limits;
    this.#resolve = resolve;
    this.#deadline = setTimeout(() => this.#giveUp(), limits.totalTimeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Its turn came after the deadline: aborted here, it is never written.
    if (this.#isOver) return controller.abort(new Error('too late'));
    this.#controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200) return;
    this.#status = status;
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) this.#headers[name] = typeof value === 'string' ? value : value.join(', ');
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const room = this.#limits.keepBodyBytes - this.#read;
    if (room > 0) this.#kept.push(Buffer.from(chunk.subarray(0, room)));
    this.#read += chunk.length;
    if (this.#read < this.#limits.maxBodyBytes) return;
    this.onResponseEnd();
    controller.abort(new Error('enough read'));
  }

  onResponseEnd(): void {
    // PostgreSQL cannot store a NUL in text; one such answer must not make its attempt unsettleable.
    const body = Buffer.concat(this.#kept).toString('utf8').replaceAll('\0', '\uFFFD');
    const headers = this.#headers;
    this.#end((ms) => ({ kind: 'answer', status: this.#status ?? 0, headers, body, ms }));
  }

  onResponseError(_controller: unknown, error: Error): void {
    const sent = this.#controller === null ? 'never-connected' : 'no-answer';
    const kind = error instanceof ForbiddenAddress ? 'forbidden-address' : sent;
    this.#end((ms) => ({ kind, reason: this.#explained(reasonOf(error)), ms }));
  }

  #giveUp(): void {
    const controller = this.#controller;
    const missing = controller === null ? 'connection' : 'complete answer';
    this.onResponseError(null, new Error(`no ${missing} within ${this.#limits.totalTimeoutMs / 1000} s`));
    controller?.abort(new Error('too late'));
  }

  #explained(reason: string): string {
    return this.#status === null ? reason : `${reason} (it began with status ${this.#status})`;
  }

  #end(reply: (ms: number) => WireReply): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#deadline);
    this.#resolve(reply(Math.round(performance.now() - this.#startedAt)));
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name does not exist',
  EAI_AGAIN: 'the host name could not be resolved',
  ECONNREFUSED: 'the connection was refused',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
};

function reasonOf(error: Error & { code?: unknown }): string {
  const code = typeof error.code === 'string' ? error.code : '';
  if (error.name === 'HTTPParserError') return 'the answer was not HTTP';
  const words = REASONS[code] ?? (error.message || 'the call failed');
  return code === '' || words.includes(code) ? words : `${words} (${code})`;
}
