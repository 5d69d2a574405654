// What the collector answered, in words a shop owner understands.
import type { OrderAnswer } from './order-answer.ts';
import type { Report } from './report.ts';

/** One sentence each; before the first telling has ended there is no report yet. */
export function reportWords(report: Report | undefined): string[] {
  if (report === undefined) return ['The collector is being told about this order.'];
  const tries = report.tries === 1 ? 'one try' : `${report.tries} tries`;
  switch (report.state) {
    case 'stored':
      return [
        `The collector stored this order (${tries}).`,
        clickWords(report.answer),
        postbackWords(report.answer),
      ];
    case 'refused':
      return [
        `The collector did not take this order: ${report.detail}`,
        'The shop keeps the order. Mend the cause, then tell the collector again.',
      ];
    case 'unreached':
      return [
        `The collector did not store this order in ${tries}: ${report.detail}`,
        'The shop keeps the order, nothing is lost. Tell the collector again when it is back.',
      ];
  }
}

function clickWords({ clickId, via, reason }: OrderAnswer): string {
  if (clickId === null) return `It found no click behind it${reason === undefined ? '' : ` (${reason})`}.`;
  return `The click ${clickId} earned it${via === undefined ? '' : ` (found by ${via})`}.`;
}

const STATES: Record<string, string> = {
  due: 'The postback to Binom is waiting to leave.',
  sending: 'The postback to Binom is on its way.',
  accepted: 'Binom has accepted the postback.',
  refused: 'Binom said no to the postback.',
  uncertain: 'The postback left, and no answer came.',
  abandoned: 'The postback was given up.',
};

function postbackWords({ postback }: OrderAnswer): string {
  if (postback === null) return 'Binom is told nothing.';
  if (postback.state === 'skipped')
    return `Binom is told nothing, because: ${postback.reason ?? 'no reason given'}.`;
  return STATES[postback.state] ?? `The postback is ${postback.state}.`;
}
