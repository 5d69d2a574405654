/** The life of a worker thread that owns one connection: take what has queued up, do it, answer, until told to stop. */
import type { DatabaseSync } from 'node:sqlite';
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { batchesOn, type Step } from '../sql/batch.ts';
import type { Verb } from '../sql/by-name.ts';
import { sqlOver } from '../sql/node-sqlite.ts';
import type { Surroundings } from '../sql/sql.ts';
import { type Ask, type Call, replyOf } from './messages.ts';

export interface Service {
  readonly db: DatabaseSync;
  readonly begin: 'BEGIN' | 'BEGIN IMMEDIATE';
  readonly surroundings: Surroundings;
  readonly verbs: Readonly<Record<string, Verb>>;
  /** Verbs whose savepoint is always taken back: they answer and leave nothing behind. */
  readonly previews: ReadonlySet<string>;
  /** The most verbs of one transaction. */
  readonly most: number;
  readonly beforeClose?: () => void;
}

export function serve(port: MessagePort, service: Service): void {
  const { db, most } = service;
  const runBatch = batchesOn(db, service.begin);
  const stepOf = stepsOf(service);
  const queue: Call[] = [];
  let isClosing = false;
  let isBusy = false;

  const take = (ask: Ask) => {
    if (ask === 'close') isClosing = true;
    else queue.push(...ask);
  };
  const drain = async () => {
    isBusy = true;
    while (hasCalls(port, queue, { most, take })) {
      const answers = await runBatch(queue.splice(0, most).map(stepOf));
      port.postMessage(answers.map(replyOf));
    }
    isBusy = false;
    if (isClosing) close(port, service);
  };
  port.on('message', (ask: Ask) => {
    take(ask);
    if (!isBusy) void drain();
  });
}

/** Fills the queue with what has arrived meanwhile, without giving way to other events. */
function hasCalls(
  port: MessagePort,
  queue: readonly Call[],
  { most, take }: { most: number; take: (ask: Ask) => void },
): boolean {
  while (queue.length < most) {
    const arrived = receiveMessageOnPort(port) as { message: Ask } | undefined;
    if (arrived === undefined) break;
    take(arrived.message);
  }
  return queue.length > 0;
}

function stepsOf({ db, surroundings, verbs, previews }: Service): (call: Call) => Step {
  const tx = { ...surroundings, sql: sqlOver(db) };
  return ([name, args]) => {
    const verb = verbs[name];
    return {
      run: () => {
        if (verb === undefined) throw new Error(`the ledger has no verb ${name}`);
        return verb(tx, ...(args as never[]));
      },
      keep: !previews.has(name),
    };
  };
}

function close(port: MessagePort, { db, beforeClose }: Service): void {
  beforeClose?.();
  db.close();
  port.close();
}
