/** What a postback tells when it is claimed: money and status as they are at that moment. */
import { type Account, isLeftOut, phaseOf } from './account.ts';
import { formatMoney, percentOf, timesDecimal } from './money.ts';
import type { Order } from './order.ts';
import { totalOf } from './plan-click.ts';
import { mayCount, type Postback, type Report } from './postback.ts';

/** The report, or null when there is nothing left to tell. */
export function reportOf(account: Account, row: Postback): Report | null {
  return row.orderId === null ? clickReport(account, row) : orderReport(account, row);
}

function orderReport(account: Account, row: Postback): Report | null {
  const order = account.orders.find((each) => each.orderId === row.orderId);
  const { settings } = account;
  if (order === undefined || settings === null) return null;
  const paid = account.postbacks.filter(
    (each) => each.id !== row.id && each.orderId === row.orderId && each.purpose === 'paid' && mayCount(each),
  );
  const isPayment = row.purpose === 'paid';
  // Only what may have counted is told again of an order that is not paid any more, and just as it was told.
  if (isPayment && phaseOf(order) !== 'paid') return row.reported;
  const status = isPayment ? paymentStatus(account, order) : settings.statuses[row.purpose as 'pending'];
  if (status === null) return null;
  const told =
    account.repeats === 'adds' ? paid.reduce((sum, each) => sum + (each.reported?.amount ?? 0n), 0n) : 0n;
  const amount = isPayment && order.amount > told ? order.amount - told : 0n;
  const isFirst = account.repeats !== 'adds' || paid.length === 0;
  return {
    ...common(account, order),
    ...(isPayment
      ? money(account, { amount, currency: order.currency, count: isFirst ? 1 : 0 })
      : nothing(order)),
    status,
    amount,
    correction: (!isPayment && row.purpose !== 'pending') || paid.some((each) => each.state === 'accepted'),
    orderIds: isPayment ? [order.orderId] : [],
  };
}

function clickReport(account: Account, row: Postback): Report | null {
  const total = totalOf(account.orders.filter((order) => !isLeftOut(account, order)));
  if (total === null || account.settings === null) return null;
  const { amount, currency, live, latest, phase } = total;
  const status = phase === 'paid' ? account.settings.conversionType : account.settings.statuses[phase];
  if (status === null) return null;
  const isTold = row.sent > 0 || account.orders.some((order) => order.reported);
  return {
    ...common(account, latest),
    ...money(account, { amount, currency, count: live.length }),
    status,
    amount,
    correction: isTold && live.every((order) => order.reported),
    orderIds: live.map((order) => order.orderId),
  };
}

function paymentStatus({ settings }: Account, order: Order): string | null {
  const rebill = order.kind === 'rebill' ? settings?.statuses.rebill : null;
  return rebill ?? settings?.conversionType ?? null;
}

function common(account: Account, order: Order): Pick<Report, 'clickId' | 'orderId' | 'kind'> {
  return {
    clickId: account.clickId,
    orderId: order.orderId,
    kind: phaseOf(order) === 'paid' ? order.kind : phaseOf(order),
  };
}

function nothing(order: Order): Pick<Report, 'payout' | 'currency' | 'isZero'> {
  return { payout: '0', currency: order.currency, isZero: true };
}

function money(
  { settings }: Account,
  { amount, currency, count }: { amount: bigint; currency: string; count: number },
): Pick<Report, 'payout' | 'currency' | 'isZero'> {
  if (settings?.fixedPayout != null) {
    const payout = timesDecimal(settings.fixedPayout, count);
    return { payout, currency: settings.fixedPayoutCurrency ?? currency, isZero: isZero(payout) };
  }
  const share = settings?.payoutPercent == null ? amount : percentOf(amount, settings.payoutPercent);
  const payout = formatMoney(share, currency);
  return { payout, currency, isZero: isZero(payout) };
}

function isZero(payout: string): boolean {
  return /^[0.]*$/.test(payout);
}
