import { html } from './html.ts';
import { page, type Visit } from './page.ts';

export function missingPage(visit: Visit, what: string): string {
  return page(visit, {
    title: 'Not found',
    main: html`<h1>Not found</h1>
      <p class="lede">${what}</p>`,
    backstage: html`<p>Nothing happens here.</p>`,
  });
}
