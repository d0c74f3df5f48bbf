/** What of a browser's storage is used. */
export type Disk = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Events of one page that wait; the oldest are given up beyond. */
export const MOST_EVENTS = 500;
/** Characters of them: a twelfth of what browsers give to a site. */
export const MOST_LENGTH = 400_000;
/** Of one request: browsers let 64 KB fly after a page is gone, and a character may be 3 bytes. */
export const BATCH_EVENTS = 20;
export const BATCH_LENGTH = 20_000;

/**
 * Events on their way, each as its JSON, the oldest first. They stay until the server has them.
 *
 * Where `disk` gives one they are kept there as well, under a name of this page's own, so that two
 * tabs never write over each other. Whoever comes next adopts what other pages left; if such a page
 * still lives, both send the same ids, which count once.
 */
export class Queue {
  private events: string[] = [];
  private given = 0;

  constructor(
    private readonly prefix: string,
    private readonly name: string,
    private readonly disk: () => Disk | null,
  ) {}

  add(event: string): void {
    this.events.push(event);
    this.save();
  }

  /** The next events to send: as many as fit into a request, at least one if there is any. */
  next(skip = 0): string[] {
    let length = 0;
    const rest = this.events.slice(skip, skip + BATCH_EVENTS);
    const end = rest.findIndex((event, i) => (length += event.length) > BATCH_LENGTH && i > 0);
    return end < 0 ? rest : rest.slice(0, end);
  }

  /** The server has them, or will never take them. */
  remove(events: readonly string[]): void {
    this.events = this.events.filter((event) => !events.includes(event));
    this.save();
  }

  /** How many were given up since the last time. */
  takeGiven(): number {
    const n = this.given;
    this.given = 0;
    return n;
  }

  /** Takes over what other pages of this site left. */
  adopt(): void {
    const disk = this.disk();
    if (!disk) return;
    const left: string[] = [];
    for (const key of this.keys(disk)) {
      if (key === this.key) continue;
      left.push(...(disk.getItem(key) ?? "").split("\n").filter(Boolean));
      disk.removeItem(key);
    }
    this.events = [...new Set([...left, ...this.events])];
    this.save();
  }

  /** Forgets everything, on `disk` too. */
  clear(disk: Disk | null): void {
    this.events = [];
    if (disk) for (const key of this.keys(disk)) disk.removeItem(key);
  }

  private get key(): string {
    return this.prefix + this.name;
  }

  private keys(disk: Disk): string[] {
    return Array.from({ length: disk.length }, (_, i) => disk.key(i) ?? "").filter((key) =>
      key.startsWith(this.prefix),
    );
  }

  private save(): void {
    let length = 0;
    for (const event of this.events) length += event.length + 1;
    while (this.events.length > MOST_EVENTS || length > MOST_LENGTH) {
      length -= this.events.shift()!.length + 1;
      this.given++;
    }
    try {
      const disk = this.disk();
      if (!this.events.length) disk?.removeItem(this.key);
      else disk?.setItem(this.key, this.events.join("\n"));
    } catch {
      // The site has filled its storage: they wait in memory.
    }
  }
}
