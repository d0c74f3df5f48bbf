import { SILENT_MS } from "@desireline/map-core";
import { useEffect, useRef, useState } from "react";
import { type ArrivedEvent, type Arrivals, recent } from "./queries.ts";

const MOST = 50;
const AGAIN_MS = 2_000;

export interface Watched {
  events: ArrivedEvent[];
  leftOut: number;
  lastMinute: number;
  state: "connecting" | "live" | "reconnecting";
}

const BEFORE: Watched = { events: [], leftOut: 0, lastMinute: 0, state: "connecting" };

/** The newest events, newest first, as they come; what is paused is caught up with afterwards. */
export function useArrivals(source: string, type: string, paused: boolean): Watched {
  const [watched, setWatched] = useState(BEFORE);
  const held = useRef(paused);
  useEffect(() => {
    held.current = paused;
  }, [paused]);
  useEffect(() => {
    let stream: EventSource | null = null;
    let timer = 0;
    let closed = false;
    let all: Watched = BEFORE;
    const query = new URLSearchParams();
    if (source !== "") query.set("source", source);
    if (type !== "") query.set("type", type);
    const show = (change: Partial<Watched>): void => {
      all = { ...all, ...change };
      if (!held.current) setWatched(all);
    };
    const add = (told: Arrivals): void => {
      const events = [...told.events.toReversed(), ...all.events].slice(0, MOST);
      show({ events, leftOut: all.leftOut + told.left_out, state: "live" });
    };
    const quiet = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(open, SILENT_MS);
    };
    const listen = (after: number): void => {
      query.set("after", String(after));
      stream = new EventSource(`/v1/events/live?${query.toString()}`);
      stream.addEventListener("events", (event) => {
        quiet();
        add(JSON.parse((event as MessageEvent<string>).data) as Arrivals);
      });
      stream.addEventListener("pulse", (event) => {
        quiet();
        const told = JSON.parse((event as MessageEvent<string>).data) as { last_minute: number };
        show({ lastMinute: told.last_minute, state: "live" });
      });
      stream.addEventListener("error", () => {
        show({ state: "reconnecting" });
        if (stream?.readyState === EventSource.CLOSED) again();
      });
    };
    const again = (): void => {
      window.clearTimeout(timer);
      if (!closed) timer = window.setTimeout(open, AGAIN_MS);
    };
    const open = (): void => {
      stream?.close();
      recent(source, type).then(
        (told) => {
          if (closed) return;
          all = { ...all, events: [], leftOut: 0 };
          add(told);
          listen(told.position);
        },
        () => {
          show({ state: "reconnecting" });
          again();
        },
      );
    };
    open();
    return () => {
      closed = true;
      stream?.close();
      window.clearTimeout(timer);
    };
  }, [source, type]);
  return watched;
}
