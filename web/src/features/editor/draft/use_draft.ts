import {
  ChangeImpossible,
  inverseOf,
  type JourneyMap,
  type Lost,
  type MapChange,
} from "@desireline/map-core";
import { t } from "i18next";
import {
  createContext,
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { sayError, sayUndo } from "../../../ui/say.tsx";
import type { Present } from "../../maps/live/stream.ts";
import type { DraftKeeper, Kept, Saved } from "./keeper.ts";
import { type Selected, type SelectionStore, standing } from "./selection.ts";

/** What can be done to the draft; the same object as long as the editor is open. */
export interface DraftActions {
  /** Makes a change; false, and said in words, where it is impossible. */
  edit: (change: MapChange, group?: string | null) => boolean;
  /** Takes something away, and says so with a way back. */
  remove: (change: MapChange, says: string) => boolean;
  undo: () => void;
  redo: () => void;
  /** Makes a change again that somebody else's work had pushed out. */
  takeAgain: (lost: Lost) => void;
  letGo: (lost: Lost) => void;
  /** Tries to send again at once. */
  again: () => void;
  /** Done when everything has arrived. */
  flush: () => Promise<void>;
  /** The map at this moment, for what happens later than the drawing. */
  now: () => JourneyMap;
}

export interface DraftSeen extends DraftActions {
  map: JourneyMap;
  /** Of the draft on the server. */
  revision: number;
  canUndo: boolean;
  canRedo: boolean;
  saved: Saved;
  problem: unknown;
  /** Changes made here that could not stand, each until it is taken again or let go. */
  lost: Lost[];
  /** Who else has the draft open, and where. */
  others: Present[];
  published: Kept["published"];
}

/** What all parts of the editor share. */
export interface EditorScene {
  key: string;
  session: string;
  keeper: DraftKeeper;
  selection: SelectionStore;
  actions: DraftActions;
  /** Whether the reader may change the draft. */
  may: boolean;
}

export const EditorContext = createContext<EditorScene | null>(null);
export const OthersContext = createContext<Present[]>([]);

export function useEditor(): EditorScene {
  const scene = useContext(EditorContext);
  if (scene === null) throw new Error("a part of the editor stands outside an EditorProvider");
  return scene;
}

/** The draft that is open, and what can be done to it. Drawn anew at each change. */
export function useDraft(): DraftSeen {
  const { keeper, actions } = useEditor();
  const { draft, saved, problem, published } = useSyncExternalStore(keeper.subscribe, keeper.state);
  const others = useContext(OthersContext);
  return useMemo(
    () => ({
      ...actions,
      map: draft.history.map,
      revision: draft.revision,
      canUndo: draft.history.done.length > 0,
      canRedo: draft.history.undone.length > 0,
      lost: draft.lost,
      saved,
      problem,
      published,
      others,
    }),
    [actions, draft, saved, problem, published, others],
  );
}

/** The same without the draft itself, for what is not drawn anew with it. */
export const useActions = (): DraftActions => useEditor().actions;

/** Who walks on within this is still on the way: a panel takes as long to draw as five steps. */
const REST_MS = 150;

/**
 * What is chosen on the canvas: the map itself where what was chosen has gone. It is known as soon
 * as the reader rests there, so that walking over the canvas draws no panel.
 */
export function useSelected(): Selected {
  const { selection, keeper } = useEditor();
  const [selected, setSelected] = useState(selection.state);
  useEffect(() => {
    let timer = 0;
    const hear = (): void => startTransition(() => setSelected(selection.state()));
    const moved = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(hear, REST_MS);
    };
    hear();
    const stop = selection.subscribe(moved);
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [selection]);
  const { draft } = useSyncExternalStore(keeper.subscribe, keeper.state);
  return standing(draft.history.map, selected);
}

/** The actions on a keeper, with refusals in words. */
export function actionsOn(keeper: DraftKeeper): DraftActions {
  const now = (): JourneyMap => keeper.state().draft.history.map;
  const edit = (change: MapChange, group: string | null = null): boolean => {
    try {
      keeper.edit(change, group);
      return true;
    } catch (error) {
      if (!(error instanceof ChangeImpossible)) throw error;
      sayError(t(`impossible.${error.code}`));
      return false;
    }
  };
  return {
    edit,
    now,
    remove: (change, says) => {
      const back = inverseOf(now(), change);
      if (!edit(change)) return false;
      sayUndo(says, () => edit(back));
      return true;
    },
    undo: () => keeper.undo(),
    redo: () => keeper.redo(),
    takeAgain: (lost) => {
      keeper.letGo(lost);
      edit(lost.change);
    },
    letGo: (lost) => keeper.letGo(lost),
    again: () => keeper.again(),
    flush: () => keeper.flush(),
  };
}
