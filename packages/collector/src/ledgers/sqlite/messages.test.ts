import { expect, it } from 'vitest';
import { Rejected, Unavailable } from '../../core/errors.ts';
import { errorOf, replyOf } from './messages.ts';

/** As it arrives in the other thread. */
function across(error: unknown): Error {
  const reply = structuredClone(replyOf({ error }));
  if (!('failure' in reply)) throw new Error('the failure was lost');
  return errorOf(reply.failure);
}

it.each([
  new Rejected('invalid', 'This is no cursor.', 'cursor'),
  new Rejected('conflict', 'No field is at fault.'),
  new Unavailable('The disk is full.', 30),
])('what %s means is the same in every thread', (error) => {
  const heard = across(error);
  expect(heard).toStrictEqual(error);
  expect(heard.constructor).toBe(error.constructor);
  expect(Object.entries(heard)).toEqual(Object.entries(error));
});

it('a bug keeps its name and the stack it had', () => {
  const bug = new TypeError('undefined is not a function');
  expect(across(bug)).toMatchObject({ name: 'TypeError', message: bug.message, stack: bug.stack });
  expect(across('thrown text')).toMatchObject({ name: 'Error', message: 'thrown text' });
});
