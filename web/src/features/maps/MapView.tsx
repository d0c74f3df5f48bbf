import type { LiveSource, MapFile } from "@desireline/map-core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { MapBar } from "./bar/MapBar.tsx";
import { MapCommands } from "./commands/MapCommands.tsx";
import { FunnelView } from "./funnel/FunnelView.tsx";
import { MapGrid } from "./grid/MapGrid.tsx";
import { MapTable } from "./grid/MapTable.tsx";
import { JourneysView } from "./journeys/JourneysView.tsx";
import { LiveContext, useLiveFile } from "./live/use_live.ts";
import styles from "./MapView.module.css";
import { Panel } from "./panel/Panel.tsx";
import { MapRoad } from "./road/MapRoad.tsx";
import { FoundContext, type FoundScene } from "./state/found_context.ts";
import { LookContext, MapContext, type More, MoreContext, useLook } from "./state/map_context.ts";
import { useScene } from "./state/use_scene.ts";

// Drawing graphs weighs as much as the rest of the map, and the map itself needs none of it.
const FlowView = lazy(async () => ({ default: (await import("./flow/FlowView.tsx")).FlowView }));
const BlueprintGrid = lazy(async () => ({
  default: (await import("./blueprint/BlueprintGrid.tsx")).BlueprintGrid,
}));
const BlueprintRoad = lazy(async () => ({
  default: (await import("./blueprint/BlueprintRoad.tsx")).BlueprintRoad,
}));

export const NARROW = "(max-width: 700px)";

interface Props {
  file: MapFile;
  /** Where news comes from; null on a page from disk. */
  live?: LiveSource | null;
  /** What stands at the end of the bar, where nothing else on the page has it. */
  tools?: ReactNode;
  /** What stands below the bar, such as the moment that is looked back to. */
  strip?: ReactNode;
  /** What else is known of a touchpoint, for its panel. */
  more?: More;
  /** What was found of the touchpoints, once it is known. */
  found?: FoundScene | null;
}

/** A journey map with its figures: the whole page under the bar of the browser. */
export function MapView({ file: first, live = null, tools, strip, more, found = null }: Props) {
  const { file, state } = useLiveFile(first, live);
  const { scene, look } = useScene(file);
  return (
    <MapContext value={scene}>
      <LookContext value={look}>
        <LiveContext value={state}>
          <FoundContext value={found}>
            <div className={styles.page}>
              <MapBar tools={tools} />
              {strip}
              <div className={styles.body}>
                <main className={styles.main}>
                  <View />
                </main>
                <MoreContext value={more ?? null}>
                  <Panel />
                </MoreContext>
              </div>
            </div>
            <MapCommands />
          </FoundContext>
        </LiveContext>
      </LookContext>
    </MapContext>
  );
}

function View() {
  const { view, shown } = useLook();
  const { t } = useTranslation();
  const narrow = useMediaQuery(NARROW, window.matchMedia(NARROW).matches);
  if (view.view === "flow")
    return (
      <Suspense>
        <FlowView upright={narrow} />
      </Suspense>
    );
  if (view.view === "funnel") return <FunnelView />;
  if (view.view === "journeys") return <JourneysView />;
  if (view.view === "blueprint")
    return <Suspense>{narrow ? <BlueprintRoad /> : <BlueprintGrid />}</Suspense>;
  if (shown.length === 0)
    return <p className={styles.nothing}>{t("filter.none", { words: view.filter })}</p>;
  return (
    <>
      {narrow ? <MapRoad /> : <MapGrid />}
      <MapTable />
    </>
  );
}
