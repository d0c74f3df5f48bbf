import type { LiveSource, MapFile } from "@desireline/map-core";
import { useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { MapBar } from "./bar/MapBar.tsx";
import { Commands } from "./commands/Commands.tsx";
import { FlowView } from "./flow/FlowView.tsx";
import { FunnelView } from "./funnel/FunnelView.tsx";
import { MapGrid } from "./grid/MapGrid.tsx";
import { MapTable } from "./grid/MapTable.tsx";
import { JourneysView } from "./journeys/JourneysView.tsx";
import { LiveContext, useLiveFile } from "./live/use_live.ts";
import styles from "./MapView.module.css";
import { Tip } from "./marks/Tip.tsx";
import { Panel } from "./panel/Panel.tsx";
import { MapRoad } from "./road/MapRoad.tsx";
import { LookContext, MapContext, useLook } from "./state/map_context.ts";
import { useScene } from "./state/use_scene.ts";

export const NARROW = "(max-width: 700px)";

interface Props {
  file: MapFile;
  /** Where news comes from; null on a page from disk. */
  live?: LiveSource | null;
}

/** A journey map with its figures: the whole page under the bar of the browser. */
export function MapView({ file: first, live = null }: Props) {
  const { file, state } = useLiveFile(first, live);
  const { scene, look } = useScene(file);
  return (
    <MapContext value={scene}>
      <LookContext value={look}>
        <LiveContext value={state}>
        <div className={styles.page}>
          <MapBar />
          <div className={styles.body}>
            <main className={styles.main}>
              <View />
            </main>
            <Panel />
          </div>
        </div>
        <Commands />
        <Tip />
        </LiveContext>
      </LookContext>
    </MapContext>
  );
}

function View() {
  const { view, shown } = useLook();
  const { t } = useTranslation();
  const narrow = useMediaQuery(NARROW, window.matchMedia(NARROW).matches);
  if (view.view === "flow") return <FlowView upright={narrow} />;
  if (view.view === "funnel") return <FunnelView />;
  if (view.view === "journeys") return <JourneysView />;
  if (shown.length === 0)
    return <p className={styles.nothing}>{t("filter.none", { words: view.filter })}</p>;
  return (
    <>
      {narrow ? <MapRoad /> : <MapGrid />}
      <MapTable />
    </>
  );
}
