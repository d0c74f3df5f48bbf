import type { JourneyMap, MapFile } from "@desireline/map-core";
import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { preview } from "./door.ts";
import { useEditor } from "./use_draft.ts";

/** The draft's figures: those of the draft as it was a moment ago, while newer ones are computed. */
export interface DraftFigures {
  /** null before the first ones, and on a map without any. */
  file: MapFile | null;
  pending: boolean;
  error: unknown;
}

interface Found {
  file: MapFile | null;
  need: string;
  error: unknown;
}

const EDITED_MS = 250;
/** Events come all the time; figures of a draft follow them less closely than an edit. */
const EVENTS_MS = 5_000;

const FiguresContext = createContext<DraftFigures>({ file: null, pending: false, error: null });

/** The living map of the draft as it stands. */
export const useFigures = (): DraftFigures => useContext(FiguresContext);

/** Everything of a map that its figures depend on: words in cells change none. */
export function figuresNeed(map: JourneyMap): string {
  const stages = map.stages.map((stage) => ({
    ...stage,
    touchpoints: stage.touchpoints.map(
      ({ description: _d, owner: _o, goals: _g, moment_of_truth: _m, ...rest }) => rest,
    ),
  }));
  const lanes = map.lanes.filter((l) => l.kind === "metric").map((l) => l.key);
  const { goal, case_by, left_out, personas } = map;
  return JSON.stringify({ stages, lanes, goal, case_by, left_out, personas });
}

/** Asks for the figures of the draft whenever they may have changed; `position` is that of the log. */
export function FiguresProvider({ position, children }: { position: number; children: ReactNode }) {
  const { keeper } = useEditor();
  const map = useSyncExternalStore(keeper.subscribe, () => keeper.state().draft.history.map);
  const refresh = useRefresh(position);
  const need = useMemo(() => `${refresh} ${figuresNeed(map)}`, [map, refresh]);
  const [found, setFound] = useState<Found>({ file: null, need: "", error: null });
  const first = useRef(true);
  useEffect(() => {
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const file = await preview(keeper.state().draft.history.map, stop.signal);
        startTransition(() => setFound({ file, need, error: null }));
      } catch (error) {
        if (stop.signal.aborted) return;
        setFound((before) => ({ ...before, need, error }));
      }
    };
    const timer = window.setTimeout(() => void ask(), first.current ? 0 : EDITED_MS);
    first.current = false;
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [keeper, need]);
  const pending = found.need !== need;
  const figures = useMemo<DraftFigures>(
    () => ({ file: found.file, pending, error: found.error }),
    [found, pending],
  );
  return <FiguresContext value={figures}>{children}</FiguresContext>;
}

/** Changes a while after the log went on, and at most once in that while. */
function useRefresh(position: number): number {
  const [refresh, setRefresh] = useState(0);
  const seen = useRef(0);
  const timer = useRef(0);
  useEffect(() => {
    const begun = seen.current > 0;
    if (begun && position > seen.current && timer.current === 0) {
      timer.current = window.setTimeout(() => {
        timer.current = 0;
        setRefresh((before) => before + 1);
      }, EVENTS_MS);
    }
    seen.current = position;
  }, [position]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return refresh;
}
