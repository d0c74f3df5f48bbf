import { describe, expect, it } from "vitest";
import { BATCH_EVENTS, BATCH_LENGTH, type Disk, MOST_EVENTS, MOST_LENGTH, Queue } from "../src/queue.ts";

/** What a browser gives a site, with as much room. */
class Site implements Disk {
  readonly kept = new Map<string, string>();
  constructor(private readonly room = Number.POSITIVE_INFINITY) {}
  get length(): number {
    return this.kept.size;
  }
  key(i: number): string | null {
    return [...this.kept.keys()][i] ?? null;
  }
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
  setItem(key: string, text: string): void {
    if (text.length > this.room) throw new Error("QuotaExceededError");
    this.kept.set(key, text);
  }
}

const PREFIX = "desireline.wk.";
const queueOn = (site: Disk | null, name = "a"): Queue => new Queue(PREFIX, name, () => site);
const events = (n: number, begin = 0): string[] =>
  Array.from({ length: n }, (_, i) => `{"id":"${begin + i}"}`);
const fill = (queue: Queue, all: string[]): void => all.forEach((event) => queue.add(event));

/** All that a queue would send, batch by batch. */
function drain(queue: Queue): string[] {
  const sent: string[] = [];
  for (let batch; (batch = queue.next()).length; queue.remove(batch)) sent.push(...batch);
  return sent;
}

describe("Queue", () => {
  it("gives everything in its order, in requests of a bounded size", () => {
    const queue = queueOn(null);
    fill(queue, events(BATCH_EVENTS * 2 + 1));
    expect(queue.next()).toHaveLength(BATCH_EVENTS);
    expect(drain(queue)).toEqual(events(BATCH_EVENTS * 2 + 1));
  });

  it("gives large events a request of their own", () => {
    const large = ["a", "b", "c"].map((letter) => letter.repeat(BATCH_LENGTH));
    const queue = queueOn(null);
    fill(queue, large);
    expect(queue.next()).toEqual([large[0]]);
    expect(drain(queue)).toEqual(large);
  });

  it("keeps on disk what was not sent, and no trace of what was", () => {
    const site = new Site();
    const queue = queueOn(site);
    fill(queue, events(3));
    expect(site.kept.get(`${PREFIX}a`)?.split("\n")).toEqual(events(3));
    drain(queue);
    expect(site.length).toBe(0);
  });

  it("adopts what other pages left, before its own, each event once", () => {
    const site = new Site();
    site.setItem("other.site", "stays");
    site.setItem("desireline.wk2.a", "stays");
    fill(queueOn(site, "old"), events(2));
    fill(queueOn(site, "older"), events(2, 1));
    const queue = queueOn(site, "new");
    queue.add('{"id":"mine"}');
    queue.adopt();
    const sent = drain(queue);
    expect(new Set(sent)).toEqual(new Set([...events(3), '{"id":"mine"}']));
    expect(sent).toHaveLength(4);
    expect(sent.at(-1)).toBe('{"id":"mine"}');
    expect([...site.kept.keys()]).toEqual(["other.site", "desireline.wk2.a"]);
  });

  it("touches no disk where none is given", () => {
    const site = new Site();
    site.setItem(`${PREFIX}old`, events(1)[0]!);
    const queue = queueOn(null);
    fill(queue, events(2));
    queue.adopt();
    expect(drain(queue)).toEqual(events(2));
    expect(site.length).toBe(1);
  });

  it("gives up the oldest beyond its bounds, and says how many", () => {
    const queue = queueOn(null);
    fill(queue, events(MOST_EVENTS + 3));
    expect(queue.takeGiven()).toBe(3);
    expect(queue.takeGiven()).toBe(0);
    expect(drain(queue)).toEqual(events(MOST_EVENTS, 3));

    const third = MOST_LENGTH / 3;
    fill(queue, ["a", "b", "c", "d"].map((letter) => letter.repeat(third)));
    expect(queue.takeGiven()).toBe(2);
  });

  it("goes on in memory where the site's storage is full", () => {
    const queue = queueOn(new Site(10));
    fill(queue, events(5));
    expect(drain(queue)).toEqual(events(5));
  });

  it("forgets everything", () => {
    const site = new Site();
    fill(queueOn(site, "old"), events(2));
    const queue = queueOn(site);
    fill(queue, events(2));
    queue.clear(site);
    expect(queue.next()).toEqual([]);
    expect(site.length).toBe(0);
  });
});
