import { expect, test } from 'vitest';
import { readFault } from './read-fault.ts';

test.each([
  { kind: 'status', status: 429, retryAfter: '2', times: 3 },
  { kind: 'status', status: 500, counts: true },
  { kind: 'hang' },
  { kind: 'reset', counts: true, on: 'all' },
  { kind: 'drip', everyMs: 5 },
  { kind: 'redirect', to: '/elsewhere' },
  { kind: 'page' },
  { kind: 'endless', times: 1 },
])('%j is a fault', (fault) => {
  expect(readFault(fault)).toEqual(fault);
});

test.each([
  [null, 'a fault is an object'],
  ['reset', 'a fault is an object'],
  [{ kind: 'toString' }, 'kind must be one of status, hang, reset, drip, redirect, page, endless'],
  [{ kind: 'status' }, 'status is missing'],
  [{ kind: 'status', status: '500' }, 'status cannot be "500"'],
  [{ kind: 'reset', time: 3 }, 'reset knows no "time"'],
  [{ kind: 'reset', times: 0 }, 'times cannot be 0'],
  [{ kind: 'hang', toString: 1 }, 'hang knows no "toString"'],
])('%j is not a fault', (input, problem) => {
  expect(readFault(input)).toBe(problem);
});
