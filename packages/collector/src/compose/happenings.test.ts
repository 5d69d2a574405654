import { expect, it } from 'vitest';
import type { Happening } from '../core/ports.ts';
import { happenings } from './happenings.ts';

const HAPPENING: Happening = { what: 'bad-click-id', shop: 'main', page: null, reason: 'macro', at: 1 };

it('everybody who listens is told, and nobody who has stopped listening', () => {
  const heard: string[] = [];
  const hub = happenings(() => undefined);
  const stop = hub.subscribe(() => heard.push('first'));
  hub.subscribe(() => heard.push('second'));

  hub.happen(HAPPENING);
  stop();
  hub.happen(HAPPENING);

  expect(heard).toEqual(['first', 'second', 'second']);
});

it('a listener that throws keeps nobody else from hearing', () => {
  const heard: Happening[] = [];
  const failures: unknown[] = [];
  const hub = happenings((error) => failures.push(error));
  hub.subscribe(() => {
    throw new Error('deaf');
  });
  hub.subscribe((happening) => heard.push(happening));

  hub.happen(HAPPENING);

  expect(heard).toEqual([HAPPENING]);
  expect(failures).toEqual([new Error('deaf')]);
});
