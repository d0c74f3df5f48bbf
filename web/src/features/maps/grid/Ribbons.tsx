import type { FlowLayout, Pointed, Range, Ribbon } from "@desireline/map-core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useStepWords } from "../state/step_words.ts";
import { useMap } from "../state/map_context.ts";
import styles from "./flow.module.css";

interface Props {
  layout: FlowLayout;
  range: Range;
  bright: Set<string> | null;
  point: (pointed: Pointed | null) => void;
}

/** The walked steps that touch the screen, broad ones first so that thin ones lie on top. */
export function Ribbons({ layout, range, bright, point }: Props) {
  const words = useStepWords();
  const seen = layout.ribbons.filter((r) => r.last >= range.first && r.first <= range.last);
  return (
    <>
      {seen.map((r) => (
        <RibbonMark
          key={r.id}
          ribbon={r}
          dim={bright !== null && !bright.has(r.id)}
          tip={words(r.edge)}
          point={point}
        />
      ))}
      {seen.map((r) => (
        <Label
          key={r.id}
          ribbon={r}
          dim={bright !== null && !bright.has(r.id)}
          lit={bright?.has(r.id) ?? false}
        />
      ))}
    </>
  );
}

interface RibbonProps {
  ribbon: Ribbon;
  dim: boolean;
  tip: string;
  point: (pointed: Pointed | null) => void;
}

const RibbonMark = memo(function RibbonMark({ ribbon, dim, tip, point }: RibbonProps) {
  return (
    <g className={dim ? styles.dim : styles.ribbon} data-kind={ribbon.kind} data-step={ribbon.id}>
      {ribbon.parts.map((part) => (
        <path
          key={String(part.outcome)}
          d={part.path}
          strokeWidth={part.width}
          className={part.outcome ? styles.with : styles.without}
        />
      ))}
      <path
        d={ribbon.hit}
        strokeWidth={Math.max(10, ribbon.width)}
        className={styles.hit}
        data-tip={tip}
        onPointerEnter={() => point({ kind: "step", id: ribbon.id })}
      />
    </g>
  );
});

const LABELLED = 3; // thinner ribbons tell their number when one points at them

function Label({ ribbon, dim, lit }: { ribbon: Ribbon; dim: boolean; lit: boolean }) {
  const { formats } = useMap();
  const { t } = useTranslation();
  const ends = ribbon.kind === "start" || ribbon.kind === "end";
  if (dim || ribbon.kind === "next" || !(lit || ends || ribbon.width >= LABELLED)) return null;
  return (
    <text
      x={ribbon.label.x}
      y={ribbon.label.y}
      dy={ends ? 0 : 4}
      className={ends ? styles.endLabel : styles.label}
    >
      {ends
        ? t(`flow.${ribbon.kind}_label`, { n: formats.count(ribbon.edge.journeys) })
        : formats.count(ribbon.edge.journeys)}
    </text>
  );
}
