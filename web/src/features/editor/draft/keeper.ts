import {
  type Draft,
  type DraftConflict,
  type DraftRequest,
  edited,
  type Entry,
  type JourneyMap,
  type Lost,
  type MapChange,
  openDraft,
  redone,
  refused,
  sending,
  told,
  undone,
  unsent,
} from "@desireline/map-core";
import { Problem } from "../../../api/problem.ts";

/** How the draft stands with the server. */
export type Saved = "saved" | "saving" | "offline" | "stopped";

/** A draft as it is read. */
export interface Opened {
  map: JourneyMap;
  revision: number;
}

/** The way to the server; each throws a Problem where it refuses or is not there. */
export interface DraftDoor {
  send(request: DraftRequest): Promise<Entry[]>;
  since(revision: number): Promise<Entry[]>;
  read(): Promise<Opened>;
}

/** Everything about the draft that a page shows. */
export interface Kept {
  draft: Draft;
  saved: Saved;
  /** Why nothing is sent any more; it begins again with `again`. */
  problem: unknown;
  /** As which version somebody published the draft last since it was opened. */
  published: { version: number; by: string } | null;
}

const SOON_MS = 300;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** What goes well a little later: the server is away, busy or starting. */
const passes = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);

const isConflict = (said: Record<string, unknown>): boolean =>
  Array.isArray(said["since"]) && Array.isArray(said["conflicts"]);

/**
 * Keeps a draft in step with the server: sends what is done here, in order and one request at a
 * time; takes in what others do; tries again while the server is away. Nothing that was done here
 * is dropped without standing in `lost`.
 */
export class DraftKeeper {
  private kept: Kept;
  private readonly door: DraftDoor;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wait = FIRST_WAIT_MS;
  private busy = false;
  /** Something was sent, and it is not known whether it has arrived. */
  private unsure = false;

  constructor(opened: Opened, session: string, door: DraftDoor) {
    this.door = door;
    const draft = openDraft(opened.map, opened.revision, session);
    this.kept = { draft, saved: "saved", problem: null, published: null };
  }

  readonly state = (): Kept => this.kept;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Makes a change. Throws ChangeImpossible. Changes of one group are undone as one. */
  edit(change: MapChange, group: string | null = null): void {
    this.moved(edited(this.kept.draft, change, group));
  }

  undo(): void {
    this.moved(undone(this.kept.draft));
  }

  redo(): void {
    this.moved(redone(this.kept.draft));
  }

  /** What the stream says was done; without entries where these are not known. */
  hear(revision: number, entries: Entry[]): void {
    // While it is not known whether what was sent has arrived, `findOut` asks for what was done:
    // taken in here, it would no longer be seen to meet what was sent.
    if (revision <= this.kept.draft.revision || this.unsure) return;
    if (entries.length === 0) this.takeAsStale();
    else this.take(entries);
  }

  /** The reader knows that this was lost. */
  letGo(lost: Lost): void {
    const { draft } = this.kept;
    this.put({ draft: { ...draft, lost: draft.lost.filter((one) => one !== lost) } });
  }

  /** Sends what waits now, and is done when it has arrived, or when it cannot. */
  async flush(): Promise<void> {
    if (this.busy) await new Promise<void>((resolve) => this.whenQuiet(resolve));
    if (this.kept.draft.waiting.length > 0 && !this.busy) await this.push();
  }

  /** Begins again after a problem, or at once when the network is back. */
  again(): void {
    if (this.kept.saved === "saved" || this.busy) return;
    this.put({ problem: null, saved: "saving" });
    this.schedule(0);
  }

  /** Whether everything that was done here has arrived. */
  get clean(): boolean {
    return this.kept.draft.sent.length + this.kept.draft.waiting.length === 0;
  }

  private moved(draft: Draft): void {
    if (draft === this.kept.draft) return;
    this.put({ draft, saved: this.kept.saved === "saved" ? "saving" : this.kept.saved });
    if (this.kept.saved === "saving") this.schedule(SOON_MS);
  }

  private take(entries: Entry[]): void {
    const draft = told(this.kept.draft, entries);
    const last = entries.findLast((e) => (e.version ?? null) !== null);
    const published = last === undefined ? this.kept.published : { version: last.version!, by: last.by };
    this.put({ draft, published });
    if (draft.stale) this.takeAsStale();
  }

  private takeAsStale(): void {
    const saved = this.kept.saved === "saved" ? "saving" : this.kept.saved;
    this.put({ draft: { ...this.kept.draft, stale: true }, saved });
    if (saved === "saving") this.schedule(0);
  }

  private schedule(ms: number): void {
    if (this.timer !== undefined || this.busy) return;
    this.timer = setTimeout(() => void this.push(), ms);
  }

  private async push(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.busy) return;
    this.busy = true;
    try {
      await this.steps();
      this.wait = FIRST_WAIT_MS;
      this.put({ saved: this.clean ? "saved" : "saving" });
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
    if (this.kept.saved === "saving") this.schedule(0);
    else if (this.kept.saved === "offline") this.later();
    this.tell();
  }

  private async steps(): Promise<void> {
    await this.step();
    if (this.kept.draft.stale || this.kept.draft.sent.length > 0) await this.steps();
  }

  private async step(): Promise<void> {
    const { draft } = this.kept;
    if (draft.stale) return this.readAnew();
    if (draft.sent.length > 0) return this.findOut();
    const found = sending(draft);
    if (found === null) return undefined;
    this.put({ draft: found.draft });
    this.take(await this.door.send(found.request));
    return this.put({ problem: null });
  }

  /** Whether what was sent when the connection broke has arrived after all. */
  private async findOut(): Promise<void> {
    const entries = await this.door.since(this.kept.draft.revision);
    const arrived = entries.some((entry) => entry.session === this.kept.draft.session);
    if (!arrived) this.put({ draft: unsent(this.kept.draft) });
    this.unsure = false;
    this.take(entries);
  }

  private failed(error: unknown): void {
    const { draft } = this.kept;
    if (passes(error)) {
      this.unsure = draft.sent.length > 0;
      this.put({ saved: "offline" });
    } else if (error instanceof Problem && error.status === 409 && isConflict(error.told)) {
      const left = refused(draft, error.told as unknown as DraftConflict);
      this.put({ draft: left, saved: "saving" });
    } else if (error instanceof Problem && [400, 409, 422].includes(error.status)) {
      // What was sent can never be taken: it is told as lost when the draft is read anew.
      this.put({ draft: { ...draft, stale: true }, saved: "saving", problem: error });
    } else this.put({ draft: unsent(draft), saved: "stopped", problem: error });
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.push(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  /**
   * The draft as the server has it, where it is not known what happened meanwhile. What has not
   * arrived might overwrite somebody, so it is told as lost, to be taken again one by one.
   */
  private async readAnew(): Promise<void> {
    const { map, revision } = await this.door.read();
    const { draft } = this.kept;
    this.unsure = false;
    const lost = [...draft.sent, ...draft.waiting].map((change): Lost => ({ change, place: [], by: "" }));
    const anew = openDraft(map, revision, draft.session);
    this.put({ draft: { ...anew, lost: [...draft.lost, ...lost] } });
  }

  private put(part: Partial<Kept>): void {
    this.kept = { ...this.kept, ...part };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private whenQuiet(resolve: () => void): void {
    const stop = this.subscribe(() => {
      if (this.busy) return;
      stop();
      resolve();
    });
  }
}
