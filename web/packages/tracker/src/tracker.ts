import { cut, isName, newId, type Properties, type Sent, typeOf, worthOf } from "./events.ts";
import { type Mode, modeOf, type Options, optsOut } from "./options.ts";
import { campaignOf, type Place, placeOf, referrerOf } from "./places.ts";
import { Queue } from "./queue.ts";
import { Reading } from "./reading.ts";
import { Sender } from "./sending.ts";
import { Memory, openDisk, type Visitor } from "./visitor.ts";
import { warn } from "./warning.ts";

type Said = Omit<Sent, "id" | "at" | "channel" | "context">;

/** How long an app may take to write the title of its next page. */
const TITLE_MS = 150;
const LONGEST_TITLE = 300;

const idAt = (at: number): string => newId(at, (bytes) => crypto.getRandomValues(bytes));

/** What happens on one page, from its load until it is gone. */
export class Tracker {
  readonly reading = new Reading();
  readonly memory: Memory;
  readonly sender: Sender;
  private readonly disk = openDisk();
  private readonly queue: Queue;
  private place: Place;
  private campaign = campaignOf(location.href);
  private referrer = referrerOf(document.referrer);
  /** What the visitor said on this page. */
  private decision: boolean | undefined;
  /** Who she is said to be, until she agrees to be known. */
  private presumed: [user: unknown, traits?: Properties] | undefined;
  /** The page view of an app that still waits for its title. */
  private due: (() => void) | undefined;
  private viewed = false;

  constructor(
    private readonly options: Options,
    host: string,
  ) {
    this.place = placeOf(location.href, options.query);
    this.memory = new Memory(`desireline.${options.writeKey}`, this.disk);
    const disk = () => (this.mode === "full" ? this.disk : null);
    this.queue = new Queue(`${this.memory.name}.`, idAt(Date.now()), disk);
    this.sender = new Sender(this.queue, `${host}v1/batch`, options.writeKey);
  }

  get mode(): Mode {
    const said = this.decision ?? this.memory.read()?.agreed;
    return modeOf(this.options, said, optsOut(navigator as object));
  }

  /** Forgets what may not be kept, and takes over what earlier pages could not send. */
  open(): void {
    if (this.mode !== "full") this.forget();
    this.queue.adopt();
    this.sender.soon();
  }

  page(name?: unknown, properties?: Properties, at = Date.now()): void {
    const title = cut(document.title, LONGEST_TITLE);
    const seen = { ...this.place, title, ...this.origin(), name, ...properties };
    this.emit({ type: "page_viewed", kind: "page", properties: seen }, at);
    this.viewed = this.mode !== "off";
  }

  /** The page view that no call asked for. */
  view(at?: number): void {
    if (this.options.pages !== false && !this.viewed) this.page(undefined, undefined, at);
  }

  track(name: unknown, properties: Properties = {}, at?: number): void {
    const type = typeOf(name);
    if (type) this.emit({ type, ...worthOf(properties), properties }, at);
    else warn("track needs the name of an event");
  }

  identify(user: unknown, traits?: Properties, at?: number): void {
    if (this.mode !== "full") {
      this.presumed = [user, traits];
      return;
    }
    const known = isName(user);
    if (known) this.memory.write({ ...this.visitor(), user });
    const properties = (known ? traits : (traits ?? (user as Properties))) ?? {};
    const said: Said = { type: "identified", kind: "identify", properties };
    if (isName(properties.email)) said.email = properties.email;
    if (isName(properties.phone)) said.phone = properties.phone;
    this.emit(said, at);
  }

  /** The visitor agrees to be known, or does not; `proof` may say to which text. */
  consent(agrees: boolean, proof?: Properties, at?: number): void {
    const properties = { purpose: "tracking", ...proof };
    if (!agrees) {
      const known = this.mode === "full" && this.memory.read();
      const last = known && this.written({ type: "consent_withdrawn", properties }, at);
      this.refuse();
      if (last) this.queue.add(last);
      this.sender.soon();
      return;
    }
    this.decision = true;
    if (this.mode !== "full" || this.memory.read()?.agreed) return;
    this.memory.write({ ...this.visitor(), agreed: true });
    this.emit({ type: "consent_given", properties: { ...properties, ...this.origin() } }, at);
    this.queue.adopt();
    if (this.presumed) this.identify(...this.presumed);
    this.view(at);
  }

  /** Another person uses this browser from now on. */
  reset(): void {
    this.presumed = undefined;
    if (this.mode !== "full") return;
    this.memory.write({ id: idAt(Date.now()), agreed: this.memory.read()?.agreed });
  }

  /** Nothing more is sent or stored, and nothing of what was is left. */
  refuse(): void {
    this.decision = false;
    this.forget();
  }

  /** The address may have changed: another page of an app, if its path has. */
  moved(): void {
    const next = placeOf(location.href, this.options.query);
    if (next.path === this.place.path) return;
    this.left();
    this.referrer = this.place.url;
    this.place = next;
    this.campaign = campaignOf(location.href);
    this.arrived(TITLE_MS);
  }

  /** A page is seen that was not before: its view is due when its title stands. */
  arrived(wait: number): void {
    this.viewed = false;
    this.reading.restart(performance.now());
    const at = Date.now();
    const timer = setTimeout(() => this.due?.(), wait);
    this.due = () => {
      clearTimeout(timer);
      this.due = undefined;
      this.view(at);
    };
  }

  /** The reader has turned away, perhaps for good. */
  left(): void {
    this.due?.();
    if (this.options.reading === false) return;
    this.reading.reach(scrollY + innerHeight);
    const read = this.reading.take(performance.now(), document.documentElement.scrollHeight);
    if (read) this.emit({ type: "page_read", properties: { ...read } });
  }

  /** Where the visitor came from. */
  private origin(): Properties {
    return { referrer: this.referrer || undefined, ...this.campaign };
  }

  private emit(said: Said, at?: number): void {
    this.due?.();
    if (this.mode === "off") return;
    this.queue.add(this.written(said, at));
    this.sender.soon();
  }

  /** The JSON of an event. */
  private written(said: Said, at = Date.now()): string {
    const cookieless = this.mode === "cookieless" || undefined;
    const { id, user }: Partial<Visitor> = cookieless ? {} : this.visitor();
    const event: Sent = {
      id: idAt(at),
      at: new Date(at).toISOString(),
      channel: "web",
      anonymous_id: id,
      user_id: user,
      ...said,
      context: {
        page: { path: this.place.path },
        locale: navigator.language,
        automated: navigator.webdriver || undefined,
        dropped: this.queue.takeGiven() || undefined,
        cookieless,
      },
    };
    return JSON.stringify(event);
  }

  private visitor(): Visitor {
    const found = this.memory.read();
    if (found) return found;
    const made = { id: idAt(Date.now()) };
    this.memory.write(made);
    return made;
  }

  private forget(): void {
    this.memory.forget();
    this.queue.clear(this.disk);
  }
}
