import { expect, it, vi } from 'vitest';
import { arrive, freshBrowser } from '../test/support/page.ts';

freshBrowser();

it('window.open takes the click id along, and answers as ever', async () => {
  const popup = {} as Window;
  const open = vi.fn().mockReturnValue(popup);
  window.open = open;
  await arrive('https://lander.example/?clickid=a1', { settings: { carry: 'pay.other.example' } });
  expect(window.open('https://pay.other.example/x', '_blank', 'noopener')).toBe(popup);
  window.open(new URL('https://pay.other.example/y'));
  window.open('https://elsewhere.example/');
  window.open();
  expect(open.mock.calls).toEqual([
    ['https://pay.other.example/x?clickid=a1', '_blank', 'noopener'],
    ['https://pay.other.example/y?clickid=a1'],
    ['https://elsewhere.example/'],
    [undefined],
  ]);
});
