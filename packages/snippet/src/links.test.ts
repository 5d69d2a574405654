import { describe, expect, it } from 'vitest';
import { arrive, freshBrowser } from '../test/support/page.ts';

const settings = { carry: 'pay.other.example' };
const LANDER = 'https://lander.example/?clickid=a1';
const PAY = 'https://pay.other.example/x';

freshBrowser();
// jsdom cannot leave a page, and says so.
document.body.addEventListener('click', (event) => event.preventDefault());

const link = () => document.querySelector('a')!;
const use = (target: Element, type = 'click') =>
  target.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }));

describe('a link', () => {
  it.each(['click', 'auxclick', 'contextmenu'])('gets the click id at %s', async (type) => {
    await arrive(LANDER, { settings, body: `<a href="${PAY}?a=%2B#f">pay</a>` });
    expect(link().href).toBe(`${PAY}?a=%2B#f`);
    use(link(), type);
    expect(link().href).toBe(`${PAY}?a=%2B&clickid=a1#f`);
  });
  it('gets it when something inside it is clicked', async () => {
    await arrive(LANDER, { settings, body: `<a href="${PAY}"><b><img></b></a>` });
    use(document.querySelector('img')!);
    expect(link().href).toBe(`${PAY}?clickid=a1`);
  });
  it('gets it when an icon inside it has an href of its own', async () => {
    const body = `<a href="${PAY}"><svg><use href="#icon"></use></svg></a>`;
    await arrive('https://lander.example/checkout/?clickid=a1', { settings, body });
    use(document.querySelector('use')!);
    expect(link().href).toBe(`${PAY}?clickid=a1`);
  });
  it('gets it in a shadow root', async () => {
    await arrive(LANDER, { settings, body: '<div></div>' });
    const root = document.querySelector('div')!.attachShadow({ mode: 'open' });
    root.innerHTML = `<a href="${PAY}"></a>`;
    use(root.querySelector('a')!);
    expect(root.querySelector('a')!.href).toBe(`${PAY}?clickid=a1`);
  });
  it('gets it though the page changes the address at the click', async () => {
    await arrive(LANDER, { settings, body: '<a href="#">pay</a>' });
    link().addEventListener('click', () => (link().href = PAY));
    use(link());
    expect(link().href).toBe(`${PAY}?clickid=a1`);
  });
  it('gets it though the page stops the event', async () => {
    await arrive(LANDER, { settings, body: `<a href="${PAY}">pay</a>` });
    link().addEventListener('click', (event) => {
      event.stopImmediatePropagation();
      event.preventDefault();
    });
    use(link());
    expect(link().href).toBe(`${PAY}?clickid=a1`);
  });
  it('gets the id of the latest click', async () => {
    const clickback = await arrive(LANDER, { settings, body: `<a href="${PAY}?clickid=stale&a=1">pay</a>` });
    use(link());
    expect(link().href).toBe(`${PAY}?clickid=a1&a=1`);
    clickback.capture('b2');
    use(link());
    expect(link().href).toBe(`${PAY}?clickid=b2&a=1`);
  });
  it.each(['#', '#pay', '/checkout#pay', '?step=2', ''])(
    'to the page itself ("%s") stays a jump',
    async (href) => {
      await arrive('https://lander.example/checkout?clickid=a1', {
        settings,
        body: `<a href="${href}">x</a>`,
      });
      use(link());
      expect(link().getAttribute('href')).toBe(href);
    },
  );
  it.each([
    'mailto:me@x.example',
    'tel:+1',
    'javascript:void(0)',
    '/about',
    'https://elsewhere.example/checkout',
  ])('to %s is not touched', async (href) => {
    await arrive(LANDER, { settings, body: `<a href="${href}">x</a>` });
    use(link());
    expect(link().getAttribute('href')).toBe(href);
  });
  it('is not stopped', async () => {
    await arrive(LANDER, { settings, body: `<a href="${PAY}">pay</a>` });
    expect(use(link(), 'auxclick')).toBe(true);
  });
});
