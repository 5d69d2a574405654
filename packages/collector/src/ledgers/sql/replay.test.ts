import { beforeEach, describe, expect, it } from 'vitest';
import {
  BY,
  claim,
  connect,
  newsOf,
  NOT_COUNTED,
  NOW,
  POLICY,
  SECOND,
  settling,
  stored,
  UNKNOWN,
} from '../../../test/contracts/ledger-samples.ts';
import { type OpenTables, openTables } from '../../../test/support/open-tables.ts';

describe('sending a postback again', () => {
  let tables: OpenTables;
  beforeEach(() => {
    tables = openTables();
  });

  const again = (postbackId: string, dryRun = false) =>
    tables.ledger.replay({ actor: 'a test', now: NOW + SECOND, shop: 'main', postbackId, dryRun });

  async function skipped(orderId: string): Promise<string> {
    return stored(await tables.ledger.receiveOrder(newsOf('click-1', { orderId }))).postback!.id;
  }

  it('changes nothing at all in a dry run', async () => {
    const id = await skipped('1001');
    await connect(tables.ledger, { repeats: 'replaces' });
    const before = tables.everything();
    expect(await again(id, true)).toMatchObject({ outcome: 'due', replayed: { postbackId: id } });
    expect(tables.everything()).toBe(before);
  });

  it('is audited when something goes out, and only then', async () => {
    const { ledger, rows } = tables;
    const id = await skipped('1001');
    await again(id);
    await connect(ledger);
    await again(id);
    expect(rows(`SELECT at, action, detail FROM audit WHERE action = 'replay'`)).toEqual([
      { at: NOW + SECOND, action: 'replay', detail: JSON.stringify({ postbackId: id }) },
    ]);
  });

  it('names the row of the whole click that goes out instead, where payouts replace each other', async () => {
    const { ledger } = tables;
    const [first, second] = [await skipped('1001'), await skipped('1002')];
    await connect(ledger, { repeats: 'replaces' });
    const answer = await again(first);
    const [held] = await claim(ledger, { now: NOW + SECOND });
    expect(held).toMatchObject({ report: { payout: '99.80', orderIds: ['1001', '1002'] } });
    expect(answer).toMatchObject({
      outcome: 'due',
      replayed: { postbackId: held?.postbackId, tracker: 'binom' },
    });
    expect(await ledger.postback('main', first)).toMatchObject({ state: 'skipped', reason: 'superseded' });
    expect(await again(second)).toEqual({ outcome: 'in-flight' });
    expect(await again(first)).toEqual({ outcome: 'nothing-to-tell' });
  });

  it('sends a total that was accepted once more, although nothing about it changed', async () => {
    const { ledger } = tables;
    await connect(ledger, { repeats: 'replaces' });
    await ledger.receiveOrder(newsOf('click-1'));
    const [held] = await claim(ledger);
    await ledger.settle(settling(held!));
    await again(held!.postbackId);
    const [repeat] = await claim(ledger, { now: NOW + SECOND });
    expect(repeat).toMatchObject({ postbackId: held?.postbackId, attempt: 2, report: { correction: true } });
    await ledger.settle(settling(repeat!));
    expect(await ledger.postback('main', held!.postbackId)).toMatchObject({
      state: 'accepted',
      sent: 2,
      wanted: 2,
    });
  });

  it.each([
    ['no-answer', UNKNOWN],
    ['schedule-exhausted', NOT_COUNTED],
  ] as const)('takes back the notice that asked a person to look: %s', async (code, outcome) => {
    const { ledger } = tables;
    await connect(ledger, { repeats: 'adds' });
    await ledger.receiveOrder(newsOf('click-1'));
    const [held] = await claim(ledger);
    await ledger.settle(settling(held!, { outcome, policy: { ...POLICY, schedule: [0] } }));
    expect(await ledger.notices('main')).toMatchObject([{ code }]);
    await again(held!.postbackId, true);
    expect(await ledger.notices('main')).toHaveLength(1);
    await again(held!.postbackId);
    expect(await ledger.notices('main')).toEqual([]);
  });

  it('sends now what waits for its next attempt, held or not', async () => {
    const { ledger } = tables;
    await connect(ledger);
    await ledger.receiveOrder(newsOf('click-1'));
    const [held] = await claim(ledger);
    await ledger.settle(settling(held!, { outcome: UNKNOWN }));
    await connect(ledger, { enabled: false });
    expect(await again(held!.postbackId)).toMatchObject({ outcome: 'due' });
    expect(await ledger.postback('main', held!.postbackId)).toMatchObject({
      ...{ state: 'due', dueAt: NOW + SECOND, notBefore: 0, mayHaveCounted: true },
    });
    expect(
      await ledger.replay({ ...BY, shop: 'second', postbackId: held!.postbackId, dryRun: false }),
    ).toEqual({
      outcome: 'not-found',
    });
  });
});
