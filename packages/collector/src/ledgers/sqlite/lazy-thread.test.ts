import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Unavailable } from '../../core/errors.ts';
import { LazyThread } from './lazy-thread.ts';

describe('a thread that is started when it is needed', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const world = () => {
    const events: string[] = [];
    const start = async () => {
      events.push('started');
      return {
        call: async (name: string) => `answer to ${name}`,
        close: async () => void events.push('closed'),
      };
    };
    return { events, thread: new LazyThread(start, 1000) };
  };

  it('is not there before the first read, and is there once for all that follow', async () => {
    const { events, thread } = world();
    expect(events).toEqual([]);
    expect(await Promise.all([thread.call('a', []), thread.call('b', [])])).toEqual([
      'answer to a',
      'answer to b',
    ]);
    expect(events).toEqual(['started']);
  });

  it('ends when nobody has needed it for a while, and starts again for the next read', async () => {
    const { events, thread } = world();
    await thread.call('a', []);
    await vi.advanceTimersByTimeAsync(999);
    await thread.call('b', []);
    await vi.advanceTimersByTimeAsync(999);
    expect(events).toEqual(['started']);
    await vi.advanceTimersByTimeAsync(1);
    expect(events).toEqual(['started', 'closed']);
    await thread.call('c', []);
    expect(events).toEqual(['started', 'closed', 'started']);
  });

  it('that cannot start makes the read unavailable, and the next read tries again', async () => {
    let isPossible = false;
    const thread = new LazyThread(async () => {
      if (!isPossible) throw new Error('too many open files');
      return { call: async () => 'read', close: async () => undefined };
    }, 1000);
    await expect(thread.call('a', [])).rejects.toThrow(Unavailable);
    isPossible = true;
    expect(await thread.call('a', [])).toBe('read');
  });

  it('once closed, reads no more', async () => {
    const { events, thread } = world();
    await thread.call('a', []);
    await thread.close();
    await expect(thread.call('b', [])).rejects.toThrow(Unavailable);
    expect(events).toEqual(['started', 'closed']);
  });
});
