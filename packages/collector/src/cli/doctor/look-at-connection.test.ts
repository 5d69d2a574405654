import { expect, test } from 'vitest';
import type { ConnectionRow } from '../rows.ts';
import { lookAtConnection } from './look-at-connection.ts';

test.each([
  ['web-page-answer', 'with the next answer that is no web page'],
  ['currency-not-listed', 'comes back with the next such order'],
  ['status-rejects', 'when the connection is saved'],
  ['shared-domain', 'when the connection is saved'],
])('a notice about %s says how it goes away', (code, words) => {
  const found = lookAtConnection('main', noticed(code));
  expect(found).toContainEqual({
    mark: 'look',
    what: 'Shop main: So it is.',
    cure: expect.stringContaining(words) as unknown,
  });
});

function noticed(code: string): ConnectionRow {
  const notices = [{ code, subject: 'tracker:binom', detail: 'So it is.', last_at: '', times: 1 }];
  return { enabled: true, repeats: 'adds', conversion_type: '1', health: { state: 'ok' }, notices } as never;
}
