/** A browser for the tests: pages come and go, cookies and storage stay, a collector answers. */
import type { Beacon } from '@clickback/protocol';
import { afterEach, beforeEach, vi } from 'vitest';
import type { Settings } from '../../src/settings.ts';

/** What vitest's environment shows of jsdom. */
declare const jsdom: {
  reconfigure(settings: { url: string }): void;
  cookieJar: { removeAllCookiesSync(): void; serializeSync(): { cookies: Record<string, unknown>[] } };
};

interface Page {
  readonly settings?: Settings;
  readonly head?: string;
  readonly body?: string;
}

type Listening = Parameters<typeof window.addEventListener>;

const real = { listen: window.addEventListener.bind(window), open: window.open.bind(window) };
let listening: Listening[] = [];

/** What the collector received, and how it answers. */
export const collector = {
  received: [] as { to: string; beacon: Beacon; init: RequestInit }[],
  left: [] as Beacon[],
  /** A status; 0 is a network that is down. */
  answers: 204,
  get beacons(): Beacon[] {
    return this.received.map(({ beacon }) => beacon);
  },
};

/** Call once in a test file: every test begins with a fresh browser. */
export function freshBrowser(): void {
  beforeEach(() => {
    Object.assign(collector, { received: [], left: [], answers: 204 });
    vi.stubGlobal('fetch', (to: string | URL, init: RequestInit) => {
      collector.received.push({ to: String(to), beacon: JSON.parse(init.body as string) as Beacon, init });
      return collector.answers === 0
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve({ status: collector.answers });
    });
    Object.assign(navigator, {
      sendBeacon: (_to: string | URL, body: string) => collector.left.push(JSON.parse(body) as Beacon) > 0,
    });
    window.open = vi.fn();
    window.addEventListener = (...args: unknown[]) => {
      listening.push(args as Listening);
      real.listen(...(args as Listening));
    };
  });
  afterEach(() => {
    leave();
    jsdom.cookieJar.removeAllCookiesSync();
    localStorage.clear();
    sessionStorage.clear();
    delete window.clickbackSettings;
    window.addEventListener = real.listen;
    window.open = real.open;
  });
}

/** Opens a page that carries the snippet, and lets its first requests be answered. */
export async function arrive(url: string, { settings, head = '', body = '' }: Page = {}) {
  leave();
  show(url, body);
  document.head.innerHTML = head;
  if (settings) window.clickbackSettings = settings;
  // One page, one copy of the module's memory.
  vi.resetModules();
  const { run } = await import('../../src/run.ts');
  run();
  await answered();
  return window.clickback!;
}

/** The page itself, without the snippet. */
export function show(url: string, body = ''): void {
  jsdom.reconfigure({ url });
  document.body.innerHTML = body;
}

/** The page goes, and with it its listeners. */
export function leave(): void {
  window.dispatchEvent(new Event('pagehide'));
  for (const [type, listener, options] of listening) window.removeEventListener(type, listener, options);
  listening = [];
  document.head.innerHTML = '';
  delete window.clickback;
}

/** Until what was sent has been answered, and the answer heard. */
export async function answered(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** Every cookie the browser keeps, and how. */
export function cookies() {
  const { cookies } = jsdom.cookieJar.serializeSync();
  // The jar keeps what has expired; browsers do not.
  const alive = cookies.filter(({ expires }) => !expires || Date.parse(expires as string) > Date.now());
  return alive.map((cookie) => ({
    name: String(cookie['key']),
    value: String(cookie['value']),
    domain: cookie['domain'],
    hostOnly: cookie['hostOnly'] ?? false,
    secure: cookie['secure'] ?? false,
    sameSite: cookie['sameSite'],
    days: (Date.parse(String(cookie['expires'])) - Date.now()) / 86_400_000,
  }));
}
