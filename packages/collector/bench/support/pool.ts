// Connections for load at a steady pace: a request takes a free one, or opens one more.
import { type Answer, Connection } from './connection.ts';

export class Pool {
  readonly #port: number;
  readonly #free: Connection[] = [];
  readonly #all = new Set<Connection>();

  constructor(port: number) {
    this.#port = port;
  }

  ask(request: Buffer): Promise<Answer> {
    const connection = this.#take();
    return new Promise((resolve) => {
      connection.ask(request, (answer) => {
        if (connection.isLost) this.#all.delete(connection);
        else this.#free.push(connection);
        resolve(answer);
      });
    });
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }

  #take(): Connection {
    for (let free = this.#free.pop(); free !== undefined; free = this.#free.pop()) {
      if (!free.isLost) return free;
      this.#all.delete(free);
    }
    const opened = new Connection(this.#port);
    this.#all.add(opened);
    return opened;
  }
}
