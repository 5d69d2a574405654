/** Which URLs get the click id, and under which name. */
import { domain } from './keep.ts';
import { page } from './page.ts';
import { withParameter } from './parameter.ts';
import { plain } from './plain.ts';
import { entries, settings } from './settings.ts';

/** The parameter that takes the click id to this URL, or nothing. */
export const parameterFor = (url: string, listedOnly?: boolean): string | false | null => {
  const target = new URL(url, document.baseURI);
  let name =
    !listedOnly &&
    target.pathname.startsWith('/checkout') &&
    ('.' + target.hostname).endsWith('.' + (domain || location.hostname)) &&
    'clickid';
  entries(['buy.stripe.com=client_reference_id', settings.carry]).map((entry) => {
    const [host, parameter] = entry.split('=');
    if (host === target.hostname || host === target.host) name = parameter || name || 'clickid';
  });
  return (
    page.clickId &&
    // A jump within the page must not become a load of it.
    plain(target.href) !== plain(location.href) &&
    // Stripe drops an id with other characters (https://docs.stripe.com/payment-links/url-parameters).
    !/^client_reference_id.*[.~]/.test(String(name) + page.clickId) &&
    name
  );
};

/** The URL with the click id, where it belongs there; else the URL itself. */
export const carry = (url: string): string => {
  try {
    const name = parameterFor(url);
    return name ? withParameter(url.trim(), name, page.clickId || '') : url;
  } catch {
    return url;
  }
};
