// The frame around every page of the demo shop.
import { html, type Html } from './html.ts';
import { withOptions, type PageOptions } from './page-options.ts';
import type { ShopSettings } from './shop-settings.ts';
import { snippetTag } from './snippet-tag.ts';

export interface Visit {
  readonly settings: ShopSettings;
  readonly options: PageOptions;
  /** The page's query as it arrived, with its question mark; empty without one. */
  readonly search: string;
  /** The same, read. */
  readonly query: URLSearchParams;
}

export interface PageContent {
  readonly title: string;
  readonly main: Html;
  /** What happens on this page that a shopper does not see. */
  readonly backstage: Html;
}

export function page({ settings, options }: Visit, { title, main, backstage }: PageContent): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Harbour Goods</title>
        <link rel="icon" href="/assets/mug.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/shop.css" />
        ${snippetTag(settings, options)}
      </head>
      <body>
        <header>
          <a class="brand" href="${withOptions('/', options)}">Harbour Goods</a>
          <p class="notice">Demo shop: nothing is sold, no card is charged.</p>
        </header>
        <main>${main}</main>
        <aside aria-labelledby="backstage">
          <h2 id="backstage">Behind the scenes</h2>
          ${backstage}
        </aside>
      </body>
    </html> `.text;
}
