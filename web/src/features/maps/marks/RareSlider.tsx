import { stopAt } from "@desireline/map-core";
import { Slider } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLook, useMap } from "../state/map_context.ts";
import styles from "./marks.module.css";

/** Hides rare steps, and says how many journeys walk one of them. */
export function RareSlider() {
  const { stops, calm, change, file, formats } = useMap();
  const { view } = useLook();
  const { t } = useTranslation();
  const at = view.least === null ? calm : stopAt(stops, view.least);
  const stop = stops[at];
  if (stop === undefined || stops.length < 2) return null;
  const hidden = formats.count(stop.hidden);
  const all = formats.count(file.figures.source.journeys);
  const words =
    stop.hidden === 0
      ? t("slider.all")
      : t("slider.hidden", { hidden, all, least: formats.count(stop.least), count: stop.hidden });
  return (
    <div className={styles.slider}>
      <Slider
        size={3}
        min={0}
        max={stops.length - 1}
        value={at}
        onChange={(to) => change({ least: stops[to]!.least })}
        label={null}
        thumbLabel={t("slider.label")}
        thumbProps={{ "aria-valuetext": words }}
        classNames={{
          thumb: styles.thumb ?? "",
          bar: styles.sliderBar ?? "",
          track: styles.track ?? "",
        }}
      />
      <p className="num" data-slider-words>
        {words}
      </p>
    </div>
  );
}
