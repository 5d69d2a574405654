// The story of one click, told while it happens. Fits a window of 80 columns.
import { awaitConversion } from './await-conversion.ts';
import { evidence } from './evidence.ts';
import { shopper, type Visit } from './shopper.ts';
import type { House } from './start-house.ts';
import { whatIsWrong } from './what-is-wrong.ts';

/** Sends one shopper through; fulfils with what went wrong, which should be nothing. */
export async function tellStory(house: House, say: (text: string) => void): Promise<string[]> {
  say('\nClickback: one click, one order, one postback.\n');
  const visit = await shopper(house, {
    landed: ({ lander }) => {
      say(' 1  Somebody clicks an ad. Binom notes the click and sends the shopper to the');
      say(`    lander, with the click id in the address:\n    ${lander}`);
    },
    kept: () => {
      say(' 2  The snippet on the lander keeps the click id and tells the collector.');
      say('    (There is no browser here: the demo does what the snippet would.)');
    },
    atCheckout: (checkout) => {
      say(' 3  The shopper looks at the mug and goes to the checkout. The click id comes');
      say(`    along:\n    ${checkout}`);
    },
  });
  const order = house.shop.order(visit.orderId);
  if (order?.report?.state !== 'stored')
    return [`the shop could not tell the collector: ${detailOf(order?.report)}`];
  const { amount, currency } = order;
  say(` 4  The shopper pays ${amount} ${currency}. The shop tells the collector: order`);
  say(`    ${visit.orderId} is paid. The collector weighs what leads to a click:`);
  for (const line of await evidence(house.collector, visit.orderId)) say(`    ${line}`);
  return tellPostback(house, { visit, amount, currency, say });
}

interface Sale {
  readonly visit: Visit;
  readonly amount: string;
  readonly currency: string;
  readonly say: (text: string) => void;
}

async function tellPostback(house: House, { visit, amount, currency, say }: Sale): Promise<string[]> {
  const conversion = await awaitConversion(house, visit.clickId);
  const sent = house.binom.requests.find(({ url }) => url.includes(`cnv_id=${visit.clickId}`));
  if (sent !== undefined) {
    const [path = '', query = ''] = sent.url.split('?');
    say(' 5  The collector tells Binom what the click was worth. This is the postback:');
    say(`    GET ${house.binom.url}${path}\n        ?${query}`);
  }
  const wrong = whatIsWrong(conversion, { clickId: visit.clickId, payout: amount, currency, status: '1' });
  if (wrong.length > 0) return wrong;
  say(' 6  Binom shows one conversion:');
  say(`    click ${visit.clickId}   payout ${amount} ${currency}   status 1`);
  return [];
}

function detailOf(report: { state: string; detail?: string } | undefined): string {
  return report?.detail ?? report?.state ?? 'there is no such order';
}
