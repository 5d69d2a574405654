import { html, type Html } from './html.ts';
import type { PageOptions } from './page-options.ts';
import type { ShopSettings } from './shop-settings.ts';

/** The one line a shop owner pastes into the lander. */
export function snippetTag(settings: ShopSettings, options: PageOptions): Html {
  if (!options.snippet) return html``;
  const { collectorPublicUrl, shop, carry } = settings;
  const attributes = [html`data-shop="${shop}"`];
  if (carry.length > 0) attributes.push(html` data-carry="${carry.join(',')}"`);
  if (!options.beacons) attributes.push(html` data-endpoint="${collectorPublicUrl}/no-beacons-here"`);
  return html`<script async src="${collectorPublicUrl}/c.js" ${attributes}></script>`;
}
