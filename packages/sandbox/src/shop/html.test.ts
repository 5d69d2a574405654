import { expect, test } from 'vitest';
import { html } from './html.ts';

test('every value is escaped, wherever it stands', () => {
  const value = `<b onclick="x('y')">&amp;`;
  const escaped = '&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;amp;';
  expect(html`<p title="${value}">${value}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test('html within html is kept as it is, alone or in a list', () => {
  const item = html`<b>${'&'}</b>`;
  expect(html`<p>${[item, item]}${item}</p>`.text).toBe(`<p>${'<b>&amp;</b>'.repeat(3)}</p>`);
});

test('nothing prints nothing, and zero prints zero', () => {
  expect(html`${null}${undefined}${false}${''}${0}`.text).toBe('0');
});
