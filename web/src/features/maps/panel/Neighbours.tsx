import type { Neighbour, TouchpointFigures } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { useMap } from "../state/map_context.ts";
import styles from "./panel.module.css";
import { Section } from "./Section.tsx";

const MOST = 6;

/** Where people came from and where they went, as bars from zero. */
export function Neighbours({ figures }: { figures: TouchpointFigures }) {
  const { t } = useTranslation();
  return (
    <>
      <Section name={t("panel.came_from")} door="neighbours">
        <Bars neighbours={figures.previous} none={t("step.start")} />
      </Section>
      <Section name={t("panel.went_to")}>
        <Bars neighbours={figures.next} none={t("step.end")} />
      </Section>
    </>
  );
}

/** The most frequent ones; the rest is folded into one bar, so that all shares are there. */
function folded(neighbours: Neighbour[]): {
  shown: Neighbour[];
  rest: Neighbour | null;
  kinds: number;
} {
  if (neighbours.length <= MOST + 1) return { shown: neighbours, rest: null, kinds: 0 };
  const others = neighbours.slice(MOST);
  const count = others.reduce((sum, n) => sum + n.count, 0);
  const share = others.reduce((sum, n) => sum + n.share, 0);
  return {
    shown: neighbours.slice(0, MOST),
    rest: { key: null, count, share },
    kinds: others.length,
  };
}

function Bars({ neighbours, none }: { neighbours: Neighbour[]; none: string }) {
  const { column, formats, open } = useMap();
  const { t } = useTranslation();
  const { shown, rest, kinds } = folded(neighbours);
  const most = Math.max(0.01, ...shown.map((n) => n.share), rest?.share ?? 0);
  const row = (name: string, n: Neighbour, key: string | null) => (
    <li key={key ?? name}>
      {key === null ? (
        <span className={styles.quiet}>{name}</span>
      ) : (
        <button type="button" onClick={() => open(key)}>
          {name}
        </button>
      )}
      <span className="num">
        {formats.count(n.count)} <b>{formats.share(n.share)}</b>
      </span>
      <i aria-hidden style={{ width: `${(n.share / most) * 100}%` }} />
    </li>
  );
  return (
    <ul className={styles.bars}>
      {shown.map((n) => row(n.key === null ? none : (column.get(n.key)?.name ?? n.key), n, n.key))}
      {rest && row(t("panel.others", { n: formats.count(kinds), count: kinds }), rest, null)}
    </ul>
  );
}
