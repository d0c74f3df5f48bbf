import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useMay } from "../../session/queries.ts";
import { hear, type Present } from "../../maps/live/stream.ts";
import { beHere, draftDoor } from "./door.ts";
import { FiguresProvider } from "./figures.tsx";
import { DraftKeeper, type Opened } from "./keeper.ts";
import { placeOf, SelectionStore } from "./selection.ts";
import { actionsOn, EditorContext, type EditorScene, OthersContext } from "./use_draft.ts";

/** A page says so often that it is still there; the server forgets it after three times that. */
const HERE_MS = 10_000;

interface Props {
  mapKey: string;
  opened: Opened;
  /** What is chosen at first, as an address tells it. */
  at?: string | undefined;
  children: ReactNode;
}

/** Opens a draft for whatever stands in it: `useDraft`, `useSelection`, `useFigures`. */
export function EditorProvider({ mapKey, opened, at, children }: Props) {
  const may = useMay("edit_maps");
  const [made] = useState(() => {
    const session = crypto.randomUUID();
    const keeper = new DraftKeeper(opened, session, draftDoor(mapKey));
    return { key: mapKey, session, keeper, selection: new SelectionStore(at), actions: actionsOn(keeper) };
  });
  const scene = useMemo<EditorScene>(() => ({ ...made, may }), [made, may]);
  const [position, setPosition] = useState(0);
  const [others, setOthers] = useState<Present[]>([]);
  useLeaving(scene);
  usePresence(scene);
  useEffect(() => {
    const { keeper, session } = made;
    const stream = `/v1/maps/${encodeURIComponent(mapKey)}/live`;
    const revision = (): number => keeper.state().draft.revision;
    return hear({ stream, revision }, (told) => {
      if (told.kind === "draft") keeper.hear(told.revision, told.entries);
      if (told.kind === "here") setOthers(told.here.filter((one) => one.session !== session));
      if (told.kind === "pulse") setPosition(told.pulse.position);
    });
  }, [made, mapKey]);
  return (
    <EditorContext value={scene}>
      <OthersContext value={others}>
        <FiguresProvider position={position}>{children}</FiguresProvider>
      </OthersContext>
    </EditorContext>
  );
}

/** Sends what waits when the page is left, and warns where it could not be sent. */
function useLeaving({ keeper }: EditorScene): void {
  useEffect(() => {
    const hide = (): void => void keeper.flush();
    const leave = (event: BeforeUnloadEvent): void => {
      if (!keeper.clean) event.preventDefault();
    };
    const online = (): void => keeper.again();
    window.addEventListener("pagehide", hide);
    window.addEventListener("beforeunload", leave);
    window.addEventListener("online", online);
    return () => {
      hide();
      window.removeEventListener("pagehide", hide);
      window.removeEventListener("beforeunload", leave);
      window.removeEventListener("online", online);
    };
  }, [keeper]);
}

/** Tells others that one is here, and at what. */
function usePresence({ key, session, selection }: EditorScene): void {
  const soon = useRef(0);
  useEffect(() => {
    // That others do not hear of it at this moment hinders nobody; they will in ten seconds.
    const tell = (leaves: boolean): void =>
      void beHere(key, session, placeOf(selection.state()), leaves).catch(() => undefined);
    const stay = (): void => tell(false);
    const moved = (): void => {
      window.clearTimeout(soon.current);
      soon.current = window.setTimeout(stay, 500);
    };
    const leave = (): void => tell(true);
    stay();
    const timer = window.setInterval(stay, HERE_MS);
    const stop = selection.subscribe(moved);
    window.addEventListener("pagehide", leave);
    return () => {
      stop();
      window.clearInterval(timer);
      window.clearTimeout(soon.current);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [key, session, selection]);
}
