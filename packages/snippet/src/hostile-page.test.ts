import { afterEach, describe, expect, it, vi } from 'vitest';
import { answered, arrive, collector, cookies, freshBrowser, leave } from '../test/support/page.ts';

const LANDER = 'https://lander.example/?clickid=a1';
const settings = { carry: 'pay.example' };

freshBrowser();

const refuse = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

const undo: (() => void)[] = [];
afterEach(() => {
  for (const back of undo.splice(0)) back();
});

/** Lays a property over the browser's own, for one test. */
function overlay(owner: object, name: string, property: PropertyDescriptor): void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { configurable: true, ...property });
  undo.push(() => (own ? Object.defineProperty(owner, name, own) : Reflect.deleteProperty(owner, name)));
}

/** A storage whose every write fails. */
const full = () =>
  new Proxy<Record<string, string>>(
    {},
    {
      set: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    },
  );

async function lives() {
  const clickback = await arrive(LANDER, { settings });
  expect(clickback.clickId).toBe('a1');
  expect(clickback.visitorId).not.toBeNull();
  expect(clickback.carry('https://pay.example/')).toBe('https://pay.example/?clickid=a1');
  expect(collector.beacons).toMatchObject([{ click_id: 'a1', visitor: clickback.visitorId }]);
  return clickback;
}

describe('the page works on, and so do we, where', () => {
  it('cookies are blocked', async () => {
    overlay(document, 'cookie', { get: () => '', set: () => undefined });
    const clickback = await lives();
    const { visitorId } = clickback;
    clickback.capture('{clickid}');
    clickback.join('wc_order_8fK2');
    expect(clickback).toMatchObject({ clickId: 'a1', visitorId });
    expect(cookies()).toEqual([]);
  });
  it('cookies throw, as in a sandboxed frame', async () => {
    overlay(document, 'cookie', { get: refuse, set: refuse });
    const clickback = await lives();
    clickback.consent(false);
    expect(clickback.clickId).toBeNull();
  });
  it.each([
    ['throws', { get: refuse }],
    ['is null, as in some web views', { value: null }],
    ['is full', { value: full() }],
  ])('localStorage %s: what waits, waits in memory', async (_how, property) => {
    overlay(window, 'localStorage', property);
    collector.answers = 503;
    const clickback = await lives();
    clickback.join('wc_order_8fK2');
    leave();
    expect(collector.left.map(({ join }) => join).sort()).toEqual(['wc_order_8fK2', undefined]);
  });
  it('localStorage fills up, and consent is withdrawn: nothing is left in it', async () => {
    const store: Record<string, string> = {};
    const set = (_: object, key: string, value: string) => {
      if (Object.keys(store).length === 2 && !(key in store))
        throw new DOMException('full', 'QuotaExceededError');
      return Reflect.set(store, key, value);
    };
    overlay(window, 'localStorage', { value: new Proxy(store, { set }) });
    collector.answers = 503;
    const clickback = await lives();
    clickback.join('wc_order_8fK2');
    expect(Object.keys(store)).toHaveLength(2);
    clickback.consent(false);
    leave();
    expect([store, collector.left]).toEqual([{}, []]);
  });
  it('storage throws, cookies throw, and the value is a macro', async () => {
    overlay(window, 'localStorage', { get: refuse });
    overlay(window, 'sessionStorage', { get: refuse });
    overlay(document, 'cookie', { get: refuse, set: refuse });
    await expect(arrive('https://lander.example/?clickid={clickid}')).resolves.toMatchObject({
      clickId: null,
    });
  });
  it('the queue holds what nobody can read', async () => {
    localStorage.setItem('clickback.0', 'not a beacon');
    const sent: string[] = [];
    vi.stubGlobal('fetch', (_to: string, { body }: { body: string }) => {
      sent.push(body);
      return Promise.resolve({ status: body.startsWith('{') ? 204 : 400 });
    });
    await arrive(LANDER);
    expect(sent).toEqual(['not a beacon', expect.stringContaining('"click_id":"a1"')]);
    expect(localStorage.getItem('clickback.0')).toBeNull();
  });
  it.each([
    ['fetch throws', refuse],
    ['fetch answers nothing', () => undefined],
    [
      'fetch is refused, as by a content security policy',
      () => Promise.reject(new TypeError('Failed to fetch')),
    ],
  ])('%s', async (_how, fetch) => {
    vi.stubGlobal('fetch', fetch);
    const clickback = await arrive(LANDER, { settings });
    clickback.join('wc_order_8fK2');
    await answered();
    expect(clickback.carry('https://pay.example/')).toBe('https://pay.example/?clickid=a1');
    leave();
    expect(collector.left.map(({ join }) => join).sort()).toEqual(['wc_order_8fK2', undefined]);
  });
  it('fetch throws, and much has waited for consent', async () => {
    await arrive(LANDER, { settings });
    vi.stubGlobal('fetch', refuse);
    const clickback = await arrive(LANDER, { settings: { consent: 'required' } });
    localStorage.setItem('clickback.0', '{"v":1,"click_id":"a0","age":-1}');
    clickback.join('wc_order_1');
    clickback.join('wc_order_2');
    expect(() => clickback.consent(true)).not.toThrow();
    leave();
    expect(collector.left.map(({ join }) => join).sort()).toEqual(['wc_order_1', 'wc_order_2', undefined]);
  });
  it('sendBeacon throws', async () => {
    collector.answers = 0;
    await arrive(LANDER);
    Object.assign(navigator, { sendBeacon: refuse });
    expect(() => leave()).not.toThrow();
  });
  it('a form leads nowhere', async () => {
    const heard = vi.fn();
    window.addEventListener('error', heard);
    await arrive(LANDER, { settings, body: '<form action="https://["></form>' });
    document.forms[0]?.dispatchEvent(new Event('formdata', { bubbles: true }));
    window.removeEventListener('error', heard);
    expect(heard).not.toHaveBeenCalled();
  });
  it('it calls us with nonsense', async () => {
    const clickback = await arrive(LANDER, { settings });
    for (const nonsense of [undefined, null, '', {}, [], Symbol('x')] as unknown as string[]) {
      expect(() => clickback.capture(nonsense)).not.toThrow();
      expect(() => clickback.join(nonsense)).not.toThrow();
      expect(clickback.carry(nonsense)).toBe(nonsense);
    }
    expect(clickback.clickId).toBe('a1');
  });
});

it('nothing is rejected unheard', async () => {
  const unheard = vi.fn();
  process.on('unhandledRejection', unheard);
  collector.answers = 0;
  await arrive(LANDER);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unheard);
  expect(unheard).not.toHaveBeenCalled();
});
