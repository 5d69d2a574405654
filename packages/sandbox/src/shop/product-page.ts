import { html } from './html.ts';
import { page, type Visit } from './page.ts';
import { withOptions } from './page-options.ts';

/** The Buy link carries no click id of its own: taking it along is the snippet's work. */
export function productPage(visit: Visit): string {
  const { settings, options } = visit;
  const checkout = settings.checkoutOrigin + withOptions('/checkout', options, { product: 'mug' });
  return page(visit, {
    title: 'Enamel mug',
    main: html`<div class="hero">
      <div>
        <h1>Enamel mug</h1>
        <p class="lede">350 ml, dark blue, rolled steel rim. Fit for stove, dishwasher and deck.</p>
        <p class="price">${settings.price} ${settings.currency}</p>
        <p><a class="button" id="buy" href="${checkout}">Buy</a></p>
      </div>
      <img src="/assets/mug.svg" alt="A dark blue enamel mug with a pale rim" width="320" height="320" />
    </div>`,
    backstage: html`<p>The Buy link leads to <code>${checkout}</code>, without a click id.</p>
      ${options.snippet && html`<p>If the snippet has kept one, it adds it to the address as you leave.</p>`}`,
  });
}
