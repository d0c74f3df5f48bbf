import type { Column, TouchpointFigures } from "@desireline/map-core";
import { useTranslation } from "react-i18next";
import { Fresh } from "../live/Fresh.tsx";
import { useFelt } from "../state/felt.ts";
import { type Door, useMap } from "../state/map_context.ts";
import { besideShare } from "../state/share_words.ts";
import styles from "./road.module.css";

/** The numbers of a touchpoint in two lines; each is a door. */
export function StopFigures({
  column,
  figures: f,
}: {
  column: Column;
  figures: TouchpointFigures;
}) {
  const { formats, notable, open } = useMap();
  const { t } = useTranslation();
  const felt = useFelt(f);
  const stands = notable.get(column.key);
  const cells: { name: string; value: string; small: string; door: Door; bold: boolean }[] = [
    {
      name: t("figure.reach"),
      value: formats.share(f.reach.share),
      small: besideShare(f.reach, formats, t),
      door: "journeys",
      bold: false,
    },
    {
      name: t("figure.exit"),
      value: formats.share(f.exit.share),
      small: t("figure.of", { n: formats.count(f.exit.n) }),
      door: "journeys",
      bold: stands?.has("exit") ?? false,
    },
    {
      name: t("figure.loop"),
      value: formats.share(f.loop.share),
      small: t("figure.of", { n: formats.count(f.loop.n) }),
      door: "journeys",
      bold: stands?.has("loop") ?? false,
    },
    {
      name: t("figure.outcome"),
      value: formats.share(f.outcome.share),
      small: besideShare(f.outcome, formats, t),
      door: "outcome",
      bold: false,
    },
    ...(felt === null
      ? []
      : [
          {
            name: t("lane.emotion"),
            value: formats.signed(felt.mean),
            small: felt.small,
            door: "top" as const,
            bold: false,
          },
        ]),
  ];
  return (
    <ul className={`${styles.figures} num`}>
      {cells.map((cell) => (
        <li key={cell.name}>
          <button type="button" onClick={() => open(column.key, cell.door)}>
            <span>{cell.name}</span>
            <b data-stands={cell.bold || undefined}>
              <Fresh>{cell.value}</Fresh>
            </b>
            <small>{cell.small}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
