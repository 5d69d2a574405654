import { html } from './html.ts';
import { page, type Visit } from './page.ts';
import { withOptions } from './page-options.ts';

/** Where the ad leads: the page with the click id in its address. */
export function landerPage(visit: Visit): string {
  const { settings, options, query } = visit;
  const clickId = query.get('clickid') ?? query.get('click_id');
  const sample = withOptions('/', options, { clickid: '81e60haa86o0b7' });
  const arrived =
    clickId === null
      ? html`<p>You came without a click id. <a href="${sample}">Arrive as if from an ad</a>.</p>`
      : html`<p>You arrived from an ad with the click id <code>${clickId}</code>.</p>`;
  const kept = options.snippet
    ? html`<p>The snippet on this page keeps it and tells the collector.</p>`
    : html`<p>This page came without the snippet, so nothing keeps it.</p>`;
  return page(visit, {
    title: 'The mug that outlives the ship',
    main: html`<div class="hero">
      <div>
        <h1>The mug that outlives the ship</h1>
        <p class="lede">
          Enamelled steel, two coats, fired at 820 °C. It will chip before it breaks, and look better for it.
        </p>
        <p>
          <a class="button" href="${withOptions('/product', options)}">See the mug</a>
          <span class="price">${settings.price} ${settings.currency}</span>
        </p>
      </div>
      <img src="/assets/mug.svg" alt="A dark blue enamel mug with a pale rim" width="320" height="320" />
    </div>`,
    backstage: html`${arrived}${clickId !== null && kept}`,
  });
}
