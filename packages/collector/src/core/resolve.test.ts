import { describe, expect, it } from 'vitest';
import { MINUTE, NOW, postbackOf, reportedOf } from '../../test/support/samples.ts';
import { POSTBACK_STATES } from './postback.ts';
import { resolved } from './resolve.ts';

const LATER = NOW + MINUTE;
const unknown = postbackOf({
  state: 'uncertain',
  reason: 'no answer',
  mayHaveCounted: true,
  reported: reportedOf(),
});

describe('a person’s word on a postback nobody knows the end of', () => {
  it('accepts it', () => {
    expect(resolved(unknown, 'accepted', LATER)).toMatchObject({
      ...{ state: 'accepted', reason: null, mayHaveCounted: false, updatedAt: LATER },
    });
  });

  it('lets it go as not counted, and keeps the reason', () => {
    expect(resolved(unknown, 'abandoned', LATER)).toMatchObject({
      ...{ state: 'abandoned', reason: 'no answer', mayHaveCounted: false, updatedAt: LATER },
    });
  });

  it('takes a click’s total for sent, and sends it again at once where more was asked for', () => {
    const total = { ...unknown, orderId: null, purpose: 'click', revision: 2, wanted: 2, sent: 1 } as const;
    expect(resolved(total, 'accepted', LATER)).toMatchObject({ state: 'accepted', sent: 2 });
    expect(resolved({ ...total, wanted: 3 }, 'accepted', LATER)).toMatchObject({
      state: 'due',
      sent: 2,
      dueAt: LATER,
    });
  });

  it.each(POSTBACK_STATES.filter((state) => state !== 'uncertain'))(
    'does not touch one that is %s',
    (state) => {
      expect(resolved({ ...unknown, state }, 'accepted', LATER)).toBeNull();
      expect(resolved({ ...unknown, state }, 'abandoned', LATER)).toBeNull();
    },
  );
});
