import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { Chart } from "../maps/charts/Chart.tsx";
import { effectOption } from "./effect_option.ts";
import { figure } from "./figures.ts";
import styles from "./improve.module.css";
import { type Effect, improvementQuery } from "./queries.ts";

const HEIGHT = 180;

/** Before and after, with what would have been; the sentences say the same. */
export function EffectChart({ effect, number }: { effect: Effect; number: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { ref, width } = useElementSize();
  const { data } = useQuery(improvementQuery(number));
  const deployed = data?.deployed_at ?? null;
  const option = useMemo(() => {
    const day = (at: number): string => {
      const iso = new Date(at).toISOString();
      return formats.period(iso, iso);
    };
    const names = {
      reached: t("effect.line_reached"),
      without: t("effect.line_without"),
      deployed: t("effect.line_deployed"),
    };
    return deployed === null
      ? null
      : effectOption({ series: effect.series, deployed, written: (x) => figure(formats, effect.kind, x), day, names });
  }, [effect, deployed, formats, t]);
  return (
    <div ref={ref} className={styles.chart}>
      {width > 0 && option !== null && <Chart width={width} height={HEIGHT} option={option} />}
    </div>
  );
}
