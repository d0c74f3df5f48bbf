import type { Queue } from "./queue.ts";
import { warn } from "./warning.ts";

/** How long the first event of a batch waits for others. */
const GATHER_MS = 1000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 300_000;
const PATIENCE_MS = 30_000;

/** The wait after so many failures in a row: doubled each time, with up to half of it by chance. */
export const waitAfter = (failures: number, chance: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS) * (1 - chance / 2);

/** Whether an answer says that the same body will never be taken. Anything else is tried again. */
export const isFinal = (status: number): boolean => [400, 413, 415, 422].includes(status);

/** The body of a request. The server corrects the clock of the browser by `sent_at`. */
export const bodyOf = (writeKey: string, events: readonly string[], now: number): string =>
  `{"write_key":${JSON.stringify(writeKey)},"sent_at":"${new Date(now).toISOString()}","events":[${events.join()}]}`;

/** Brings the events of a queue to the server, one request at a time. */
export class Sender {
  private failures = 0;
  private flying: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly queue: Queue,
    private readonly address: string,
    private readonly writeKey: string,
  ) {}

  /** Sends what there is in a second, or later when the server is away. */
  soon(): void {
    this.timer ??= setTimeout(
      () => this.flush(),
      this.failures ? waitAfter(this.failures, Math.random()) : GATHER_MS,
    );
  }

  /** Sends what there is now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const events = this.queue.next();
    if (!events.length || this.flying.length || navigator.onLine === false) return;
    this.flying = events;
    const done = await this.post(events);
    this.flying = [];
    this.failures = done ? 0 : this.failures + 1;
    if (done) this.queue.remove(events);
    if (this.queue.next().length) this.soon();
  }

  /** Gives what there is to the browser, which sends it after the page is gone. */
  beacon(): void {
    let skip = this.flying.length;
    for (let events; (events = this.queue.next(skip)).length; skip += events.length) {
      const body = bodyOf(this.writeKey, events, Date.now());
      if (!navigator.sendBeacon(this.address, body)) return;
    }
  }

  /** Whether the server has the events, or will never take them. */
  private async post(events: readonly string[]): Promise<boolean> {
    const body = bodyOf(this.writeKey, events, Date.now());
    try {
      // A text without further headers is what browsers send to other sites without asking first.
      const { ok, status } = await fetch(this.address, {
        method: "POST",
        body,
        credentials: "omit",
        keepalive: body.length < 21_000,
        signal: AbortSignal.timeout?.(PATIENCE_MS),
      });
      if (!ok && !this.failures) warn(`the server answered ${status}`);
      return ok || isFinal(status);
    } catch {
      return false;
    }
  }
}
