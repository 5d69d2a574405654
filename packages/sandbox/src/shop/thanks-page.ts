import { html } from './html.ts';
import { page, type Visit } from './page.ts';
import { withOptions } from './page-options.ts';
import { reportWords } from './report-words.ts';
import type { ShopOrder } from './shop-order.ts';

/** After the payment: what became of the order, good or bad. */
export function thanksPage(visit: Visit, order: ShopOrder): string {
  const { orderId, amount, currency, report } = order;
  const failed = report !== undefined && report.state !== 'stored';
  const again = withOptions('/report', visit.options, { order: orderId });
  return page(visit, {
    title: 'Thank you',
    main: html`<h1>Thank you</h1>
      <p class="lede">Order <strong id="order">${orderId}</strong> is paid: ${amount} ${currency}.</p>
      <p><a href="${withOptions('/', visit.options)}">Back to the start</a></p>`,
    backstage: html`<div
        class="report"
        id="report"
        data-state="${report?.state ?? 'pending'}"
        role="${failed ? 'alert' : 'status'}"
      >
        ${reportWords(report).map((sentence) => html`<p>${sentence}</p>`)}
      </div>
      ${failed && html`<form method="post" action="${again}"><button class="button">Tell the collector again</button></form>`}`,
  });
}
