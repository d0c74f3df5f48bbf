import type { Lane } from "@desireline/map-core";
import { EmotionCurve } from "../cells/EmotionCurve.tsx";
import { type CurvePoint, measuredIn } from "../cells/curve.ts";
import { useFigures } from "../draft/figures.tsx";
import { useActions, useDraft, useEditor } from "../draft/use_draft.ts";
import { touchpointsOf } from "./parts_of.ts";

/** The curve of a lane of feelings; that of customers over what they answered. */
export function Curve({ lane, standing }: { lane: Lane; standing: string | null }) {
  const { map } = useDraft();
  const { may } = useEditor();
  const { edit, now } = useActions();
  const { file } = useFigures();
  const figures = new Map(file?.figures.touchpoints.map((one) => [one.key, one]));
  const points = touchpointsOf(map).map(
    ({ key, name }): CurvePoint => {
      const declared = lane.cells[key]?.value ?? null;
      // What customers answered says nothing of how employees feel.
      const { n, measured } = measuredIn(lane.kind === "emotion" ? figures.get(key) : undefined);
      return { key, name, declared, n, measured };
    },
  );
  const put = (touchpoint: string, value: number): void => {
    const held = now().lanes.find((one) => one.key === lane.key)?.cells[touchpoint];
    const cell = { ...held, value };
    edit({ type: "set_cell", lane: lane.key, touchpoint, cell }, `cell/${lane.key}/${touchpoint}`);
  };
  return <EmotionCurve points={points} standing={standing} {...(may ? { onChange: put } : {})} />;
}
