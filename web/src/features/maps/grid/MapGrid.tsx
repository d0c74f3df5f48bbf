import { useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DataNotes } from "../marks/DataNotes.tsx";
import { EvidenceLegend } from "../marks/EvidenceMark.tsx";
import { FoundContext } from "../state/found_context.ts";
import { useMap } from "../state/map_context.ts";
import { EmotionLane } from "./EmotionLane.tsx";
import { FlowLane } from "./FlowLane.tsx";
import { GridFrame } from "./GridFrame.tsx";
import { MeaningLane } from "./MeaningLane.tsx";
import { NUMBER_ROWS, NumberRow } from "./NumberRow.tsx";

/** The map as designed: touchpoints as columns, lanes as rows. */
export function MapGrid() {
  const { file } = useMap();
  const { t } = useTranslation();
  const lanes = file.map.lanes;
  const found = useContext(FoundContext);
  const rows = useMemo(
    () => [
      "touchpoint",
      "flow",
      ...NUMBER_ROWS,
      "emotion",
      ...(found === null ? [] : ["found"]),
      ...lanes.map((lane) => `lane-${lane.key}`),
    ],
    [lanes, found],
  );
  return (
    <GridFrame
      label={t("grid.label", { name: file.map.name })}
      rows={rows}
      foot={
        <>
          {lanes.length > 0 && <EvidenceLegend />}
          <DataNotes />
        </>
      }
    >
      <FlowLane />
      {NUMBER_ROWS.map((row) => (
        <NumberRow key={row} row={row} />
      ))}
      <EmotionLane />
      {found !== null && <found.Lane />}
      {lanes.map((lane) => (
        <MeaningLane key={lane.key} lane={lane} />
      ))}
    </GridFrame>
  );
}
