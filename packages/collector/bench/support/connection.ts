// One keep-alive connection of the load generator, on a bare socket: the generator shares the machine with what it
// measures, so it must cost little. One request at a time; of an answer no more is read than where it ends.
import { connect, type Socket } from 'node:net';

export interface Answer {
  /** 0 when the connection was lost before a whole answer came. */
  readonly status: number;
  readonly body: string;
}

export type Answered = (answer: Answer) => void;

const BUFFER_BYTES = 16_384;
const NO_CONTENT: Answer = { status: 204, body: '' };
const LOST: Answer = { status: 0, body: '' };
const HEAD_END = 0x0d_0a_0d_0a;

export class Connection {
  readonly #socket: Socket;
  #answered: Answered | null = null;
  #held = '';
  #isLost = false;

  constructor(port: number) {
    const lose = () => this.#lose();
    const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
    this.#socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: {
        buffer,
        callback: (count) => {
          this.#read(buffer, count);
          return true;
        },
      },
    })
      .on('error', lose)
      .on('close', lose);
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** The request's bytes must not change before the answer. */
  ask(request: Buffer, answered: Answered): void {
    if (this.#isLost) return answered(LOST);
    if (this.#answered !== null) throw new Error('one request at a time');
    this.#answered = answered;
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(bytes: Buffer, count: number): void {
    if (this.#held === '' && isNoContent(bytes, count)) return this.#answer(NO_CONTENT);
    this.#held += bytes.toString('latin1', 0, count);
    const answer = wholeAnswer(this.#held);
    if (answer === null) return;
    this.#held = '';
    this.#answer(answer);
  }

  #answer(answer: Answer): void {
    const answered = this.#answered;
    this.#answered = null;
    answered?.(answer);
  }

  #lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#answer(LOST);
  }
}

/** `HTTP/1.1 204` and the end of a head: the whole answer to nearly every beacon. */
function isNoContent(bytes: Buffer, count: number): boolean {
  return (
    count > 16 &&
    bytes[9] === 0x32 &&
    bytes[10] === 0x30 &&
    bytes[11] === 0x34 &&
    bytes.readUInt32BE(count - 4) === HEAD_END
  );
}

function wholeAnswer(text: string): Answer | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = text.slice(0, headEnd);
  const status = Number(head.slice(9, 12));
  const body = text.slice(headEnd + 4);
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    return body.endsWith('0\r\n\r\n') ? { status, body: unchunked(body) } : null;
  }
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  return body.length >= length ? { status, body } : null;
}

function unchunked(body: string): string {
  let [rest, whole] = [body, ''];
  for (let size = sizeOf(rest); size > 0; size = sizeOf(rest)) {
    const start = rest.indexOf('\r\n') + 2;
    whole += rest.slice(start, start + size);
    rest = rest.slice(start + size + 2);
  }
  return whole;
}

function sizeOf(chunks: string): number {
  return Number.parseInt(chunks, 16) || 0;
}
