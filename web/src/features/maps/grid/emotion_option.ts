import type { EmotionPoint, Formats } from "@desireline/map-core";
import type { Colour } from "../charts/Chart.tsx";
import type { EChartsCoreOption } from "../charts/echarts.ts";

const LARGEST = 16;
const SMALLEST = 6;

/** Dots whose area follows the number of answers. */
function dotSize(n: number, most: number): number {
  return Math.max(SMALLEST, LARGEST * Math.sqrt(n / Math.max(1, most)));
}

type Known = EmotionPoint & { mean: number; low: number; high: number };

/** Runs of touchpoints next to each other that have enough answers. */
export function knownRuns(points: EmotionPoint[]): Known[][] {
  const runs: Known[][] = [[]];
  for (const p of points) {
    if (p.mean === null || p.low === null || p.high === null) runs.push([]);
    else runs.at(-1)!.push(p as Known);
  }
  return runs.filter((run) => run.length > 0);
}

interface Api {
  coord: (value: [number, number]) => [number, number];
}

function band(run: Known[], colour: string) {
  const corners: [number, number][] = [
    ...run.map((p): [number, number] => [p.at + 0.5, p.high]),
    ...run.toReversed().map((p): [number, number] => [p.at + 0.5, p.low]),
  ];
  return {
    type: "custom",
    silent: true,
    clip: false,
    data: [0],
    renderItem: (_params: unknown, api: Api) => ({
      type: "polygon",
      shape: { points: corners.map((corner) => api.coord(corner)) },
      style: { fill: colour },
    }),
  };
}

/** Dashed, and below what was measured: what the team believes. */
function belief(declared: (number | null)[], colour: string, ground: string) {
  return {
    type: "line",
    silent: true,
    clip: false,
    connectNulls: true,
    data: declared.map((value, at) => [at + 0.5, value]),
    symbol: "circle",
    symbolSize: SMALLEST,
    lineStyle: { color: colour, width: 1.5, type: "dashed" },
    itemStyle: { color: ground, borderColor: colour, borderWidth: 1.5 },
  };
}

/** The curve from -2 to +2 with its band; it breaks where too few people answered. */
export function emotionOption(
  points: EmotionPoint[],
  declared: (number | null)[],
  formats: Formats,
  colour: Colour,
): EChartsCoreOption {
  const most = Math.max(...points.map((p) => p.n));
  const runs = knownRuns(points);
  return {
    grid: { left: 0, right: 0, top: 18, bottom: 26 },
    xAxis: { type: "value", min: 0, max: points.length, show: false },
    yAxis: {
      type: "value",
      min: -2,
      max: 2,
      interval: 2,
      axisLabel: { show: false },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colour("line"), width: 1 } },
    },
    series: [
      ...runs.filter((run) => run.length > 1).map((run) => band(run, colour("accent-soft"))),
      ...(declared.length > 0 ? [belief(declared, colour("ink-soft"), colour("surface"))] : []),
      ...runs.map((run) => ({
        type: "line",
        silent: true,
        clip: false,
        data: run.map((p) => [p.at + 0.5, p.mean, p.n]),
        symbol: "circle",
        symbolSize: (value: number[]) => dotSize(value[2] ?? 0, most),
        lineStyle: { color: colour("accent"), width: 2 },
        itemStyle: { color: colour("accent"), borderColor: colour("surface"), borderWidth: 1.5 },
        label: {
          show: true,
          position: "top",
          distance: 3,
          color: colour("ink"),
          fontSize: 12,
          formatter: (at: { value: number[] }) => formats.signed(at.value[1] ?? 0),
        },
      })),
    ],
  };
}
