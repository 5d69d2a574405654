import { html, type Html } from './html.ts';
import { page, type Visit } from './page.ts';

/** The form keeps the page's own query, and offers the snippet an empty field to fill. */
export function checkoutPage(visit: Visit): string {
  const { settings, search, query } = visit;
  const clickId = query.get('clickid') ?? query.get('click_id');
  return page(visit, {
    title: 'Checkout',
    main: html`<h1>Checkout</h1>
      <form method="post" action="/pay${search}">
        <input type="hidden" name="clickid" value="" />
        <p class="summary">
          <span>1 × Enamel mug</span> <strong>${settings.price} ${settings.currency}</strong>
        </p>
        ${field({ name: 'email', label: 'Email', value: 'sailor@example.com' })}
        ${field({ name: 'card', label: 'Card number', value: '4242 4242 4242 4242' })}
        <div class="pair">
          ${field({ name: 'expiry', label: 'Expires', value: '12 / 34' })}
          ${field({ name: 'cvc', label: 'Security code', value: '123' })}
        </div>
        <button class="button" id="pay">Pay ${settings.price} ${settings.currency}</button>
        <p class="hint">The card is made up and goes nowhere. Nothing you type here is kept.</p>
      </form>`,
    backstage:
      clickId === null
        ? html`<p>
            No click id came along in the address of this page. A cookie or a beacon may still know it.
          </p>`
        : html`<p>The click id <code>${clickId}</code> came along in the address of this page.</p>`,
  });
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

function field({ name, label, value }: Field): Html {
  return html`<p class="field">
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" value="${value}" autocomplete="off" />
  </p>`;
}
