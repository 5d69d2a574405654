import { describe, expect, it } from 'vitest';
import { arrive, freshBrowser } from '../test/support/page.ts';

const settings = { carry: 'pay.other.example, cart.example=note' };
const LANDER = 'https://lander.example/?clickid=a1';

freshBrowser();

const form = () => document.querySelector('form')!;

/** As browsers do it (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constructing-entry-list). */
function collected(): Record<string, string> {
  const formData = new FormData(form());
  form().dispatchEvent(Object.assign(new Event('formdata', { bubbles: true }), { formData }));
  return Object.fromEntries(formData) as Record<string, string>;
}

describe('a form', () => {
  it.each([
    ['GET to the checkout', 'action="/checkout"', { clickid: 'a1' }],
    [
      'GET to the checkout of a sibling host',
      'action="https://shop.lander.example/checkout/x"',
      { clickid: 'a1' },
    ],
    ['GET to a listed host', 'action="https://pay.other.example/?clickid=a1"', { clickid: 'a1' }],
    ['POST to a listed host', 'method="post" action="https://pay.other.example/"', { clickid: 'a1' }],
    ['one to a host with its own parameter', 'method="POST" action="https://cart.example/"', { note: 'a1' }],
  ])('%s takes the click id along', async (_what, attributes, expected) => {
    await arrive(LANDER, { settings, body: `<form ${attributes}><input name="q" value="1"></form>` });
    expect(collected()).toEqual({ q: '1', ...expected });
  });
  it.each([
    ['POST to our own checkout', 'method="post" action="/checkout"'],
    ['GET to another page', 'action="/search"'],
    ['POST to another host', 'method="post" action="https://elsewhere.example/checkout"'],
    ['one without an action', ''],
  ])('%s stays as it is', async (_what, attributes) => {
    await arrive(LANDER, { settings, body: `<form ${attributes}><input name="q" value="1"></form>` });
    expect(collected()).toEqual({ q: '1' });
  });
  it('a stale id in it is replaced', async () => {
    const body =
      '<form action="/checkout"><input name="clickid" value="old"><input name="clickid" value="older"></form>';
    await arrive(LANDER, { settings, body });
    expect(collected()).toEqual({ clickid: 'a1' });
  });
  it('a field called action does not mislead us', async () => {
    await arrive(LANDER, {
      settings,
      body: '<form action="/checkout"><input name="action" value="pay"></form>',
    });
    expect(collected()).toEqual({ action: 'pay', clickid: 'a1' });
  });
  it('the document itself is not changed', async () => {
    await arrive(LANDER, { settings, body: '<form action="/checkout"></form>' });
    collected();
    expect(document.body.innerHTML).toBe('<form action="/checkout"></form>');
  });
  it('without a click id it stays as it is', async () => {
    await arrive('https://lander.example/', { settings, body: '<form action="/checkout"></form>' });
    expect(collected()).toEqual({});
  });
});

describe('empty fields for a click id', () => {
  const fields =
    '<input name="clickid"><input name="click_id" value=""><input name="click_id" value="theirs"><input name="x">';
  const values = () => [...document.querySelectorAll('input')].map(({ value }) => value);

  it('are filled at once', async () => {
    await arrive(LANDER, { body: fields });
    expect(values()).toEqual(['a1', 'a1', 'theirs', '']);
  });
  it.each(['DOMContentLoaded', 'load'])('are filled at %s, where they come later', async (type) => {
    await arrive(LANDER);
    document.body.innerHTML = fields;
    (type === 'load' ? window : document).dispatchEvent(new Event(type, { bubbles: true }));
    expect(values()).toEqual(['a1', 'a1', 'theirs', '']);
  });
  it('are filled before the page reads them at submit', async () => {
    await arrive(LANDER);
    document.body.innerHTML = `<form>${fields}</form>`;
    let read: string[] = [];
    form().addEventListener('submit', (event) => {
      read = values();
      event.preventDefault();
    });
    form().dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    expect(read).toEqual(['a1', 'a1', 'theirs', '']);
  });
  it('stay empty without a click id', async () => {
    await arrive('https://lander.example/', { body: fields });
    expect(values()).toEqual(['', '', 'theirs', '']);
  });
});
