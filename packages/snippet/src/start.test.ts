import { expect, it, vi } from 'vitest';
import { answered, arrive, collector, freshBrowser, show } from '../test/support/page.ts';

freshBrowser();

const LANDER = 'https://lander.example/?clickid=a1';

it('importing the package does nothing yet', async () => {
  show(LANDER);
  vi.resetModules();
  await import('./start.ts');
  await answered();
  expect(window.clickback).toBeUndefined();
  expect(collector.received).toEqual([]);
});

it('the package starts when told, with the settings of its caller', async () => {
  show(LANDER);
  vi.resetModules();
  window.clickbackSettings = { shop: 'first', carry: 'pay.example' };
  const { start } = await import('./start.ts');
  const clickback = start({ shop: 'second', endpoint: 'https://c.example/b' });
  expect(clickback).toBe(window.clickback);
  expect(clickback?.carry('https://pay.example/')).toBe('https://pay.example/?clickid=a1');
  expect(collector.received).toMatchObject([{ to: 'https://c.example/b', beacon: { shop: 'second' } }]);
});

it('a page that starts it twice, or has a tag as well, runs it once', async () => {
  const first = await arrive(LANDER);
  const { start } = await import('./start.ts');
  expect(start({ shop: 'second' })).toBe(first);
  // A second copy, as a second tag brings it.
  vi.resetModules();
  await import('./snippet.ts');
  await answered();
  expect(window.clickback).toBe(first);
  expect(collector.received).toHaveLength(1);
});

it('the script tag starts by itself', async () => {
  show(LANDER);
  vi.resetModules();
  await import('./snippet.ts');
  expect(window.clickback?.clickId).toBe('a1');
});
