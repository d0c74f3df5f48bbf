/** What is known of a page's reader since it was last asked. */
export interface Read {
  visible_seconds: number;
  scroll_percent: number;
}

/** Less is no reading, and is added to what comes next. */
const LEAST_MS = 1000;

/** Measures for how long a page was visible, and how far down it was seen. Times in milliseconds. */
export class Reading {
  private since: number | null = null;
  private visible = 0;
  private deepest = 0;

  /** The page is visible, or is not, from now on. */
  show(visible: boolean, now: number): void {
    if (this.since !== null) this.visible += now - this.since;
    this.since = visible ? now : null;
  }

  /** The lower edge of the window is at `pixels` of the page. */
  reach(pixels: number): void {
    this.deepest = Math.max(this.deepest, pixels);
  }

  /** What was read since the last time, on a page so high; null when it was less than a second. */
  take(now: number, height: number): Read | null {
    this.show(this.since !== null, now);
    if (this.visible < LEAST_MS) return null;
    const visible_seconds = Math.round(this.visible / 100) / 10;
    this.visible = 0;
    return {
      visible_seconds,
      scroll_percent: Math.min(100, Math.round((100 * this.deepest) / Math.max(height, 1))),
    };
  }

  /** Another page begins. */
  restart(now: number): void {
    this.show(this.since !== null, now);
    this.visible = this.deepest = 0;
  }
}
