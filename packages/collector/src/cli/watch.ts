import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { explained, withJson } from './explained.ts';
import { Failed } from './failed.ts';
import type { CollectorClient } from './collector-client.ts';
import { happeningLine, type HappeningRow } from './watch/happening-line.ts';
import { liveEvents } from './watch/live-events.ts';
import { shownJson } from './shown-json.ts';
import type { Tools } from './tools.ts';

interface Options {
  readonly shop?: string;
  readonly json?: true;
}

const LONGEST_PAUSE = 10_000;

export function defineWatch(program: Command, tools: Tools): void {
  const watch = explained(program.command('watch'), {
    summary: 'see clicks, orders and postbacks as they happen',
    about:
      'Shows what happens from now on, one line each, until Ctrl-C. When the collector goes away it waits for it and ' +
      'goes on. What happened before is in `clickback orders` and `clickback postbacks`.',
    examples: [
      ['clickback watch', 'while you click your own campaign link'],
      [
        'clickback watch --json | jq -c "select(.what == \\"order\\")"',
        'for a program: one JSON object a line',
      ],
    ],
  });
  withJson(watch)
    .option('--shop <shop>', 'only this shop')
    .action((options: Options) => follow(tools, options));
}

async function follow(tools: Tools, options: Options): Promise<void> {
  const { terminal, client } = tools;
  const { err } = terminal;
  const ended = new AbortController();
  const { signal } = ended;
  const stop = terminal.onSignal(() => ended.abort());
  try {
    let stream = await client.stream('/v1/live', signal);
    err.write(`Watching ${client.url}. Ctrl-C ends it.\n`);
    for (;;) {
      await show(tools, stream, options);
      signal.throwIfAborted();
      err.write('The collector went away; waiting for it.\n');
      stream = await streamAgain(client, signal);
      err.write('Watching again.\n');
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stop();
  }
}

async function streamAgain(client: CollectorClient, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  for (let pause = 500; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    await wait(pause, undefined, { signal });
    try {
      return await client.stream('/v1/live', signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof Failed)) throw error;
    }
  }
}

/** Until the stream ends; a collector that was killed resets it, and for a watcher that is an end like any other. */
async function show(
  { paint, say }: Tools,
  stream: AsyncIterable<Uint8Array>,
  options: Options,
): Promise<void> {
  const events = liveEvents(stream);
  for (;;) {
    const event = await events.next().catch(() => ({ done: true }) as const);
    if (event.done === true) return;
    const row = shownJson(event.value) as HappeningRow;
    if (options.shop !== undefined && row.shop !== options.shop) continue;
    const line = options.json ? event.value : happeningLine(row, paint);
    if (line !== null) say(line);
  }
}
