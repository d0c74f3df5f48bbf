import type { EChartsCoreOption } from "echarts/core";
import type { Colour } from "../maps/charts/Chart.tsx";
import type { Point } from "./queries.ts";

/** Fewer comings in a period say nothing: its figure would jump. */
const LEAST = 5;

/** The periods that are drawn. */
export const shown = (series: Point[]): Point[] =>
  series.filter((point) => point.n >= LEAST && point.reached !== null);

interface Told {
  series: Point[];
  deployed: string;
  /** A figure in the reader's words. */
  written: (figure: number) => string;
  day: (at: number) => string;
  names: { reached: string; without: string; deployed: string };
}

/** Two lines, those reached and what they would be without; the moment of the change between. */
export const effectOption =
  ({ series, deployed, written, day, names }: Told) =>
  (colour: Colour): EChartsCoreOption => {
    const points = shown(series);
    const line = (name: string, ink: string, at: (point: Point) => number | null, dashed: boolean) => ({
      type: "line",
      name,
      showSymbol: points.length < 20,
      symbolSize: 5,
      data: points.map((point) => [Date.parse(point.begins), at(point)]),
      lineStyle: { color: colour(ink), width: 2, type: dashed ? "dashed" : "solid" },
      itemStyle: { color: colour(ink) },
      endLabel: { show: true, formatter: name, color: colour(ink), distance: 6 },
      labelLayout: { moveOverlap: "shiftY" },
    });
    const top = Math.max(...points.flatMap((p) => [p.reached ?? 0, p.without ?? 0]), Number.EPSILON);
    return {
      grid: { left: 44, right: 108, top: 20, bottom: 24 },
      xAxis: {
        type: "time",
        axisLine: { lineStyle: { color: colour("line-strong") } },
        axisLabel: { color: colour("ink-soft"), hideOverlap: true, alignMinLabel: "left", formatter: (at: number) => day(at) },
        splitLine: { show: false },
        splitNumber: 3,
      },
      yAxis: {
        type: "value",
        min: 0,
        max: top * 1.15,
        splitNumber: 3,
        axisLabel: { color: colour("ink-soft"), formatter: written, showMaxLabel: false },
        splitLine: { lineStyle: { color: colour("line") } },
      },
      series: [
        line(names.without, "paved", (point) => point.without, true),
        line(names.reached, "accent", (point) => point.reached, false),
        {
          type: "line",
          silent: true,
          showSymbol: false,
          data: [
            [Date.parse(deployed), 0],
            [Date.parse(deployed), top * 1.15],
          ],
          lineStyle: { color: colour("ink-soft"), width: 1, type: "dotted" },
          endLabel: { show: true, formatter: names.deployed, color: colour("ink-soft"), offset: [-6, 6] },
        },
      ],
    };
  };
