import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { type EChartsCoreOption, init } from "./echarts.ts";

/** Reads a token as a colour: charts take theirs from the same place as everything else. */
export type Colour = (token: string) => string;

interface Props {
  width: number;
  height: number;
  option: (colour: Colour) => EChartsCoreOption;
}

/** One ECharts drawing, without animation, drawn anew when its data or the scheme change. */
export function Chart({ width, height, option }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  useEffect(() => {
    if (box.current === null) return undefined;
    const read = getComputedStyle(document.documentElement);
    const colour: Colour = (token) => read.getPropertyValue(`--dl-${token}`).trim();
    const chart = init(box.current, null, { renderer: "svg", width, height });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: "Inter Variable", fontSize: 12, color: colour("ink-soft") },
      ...option(colour),
    });
    return () => chart.dispose();
    // The scheme changes what the tokens say.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [width, height, option, scheme]);
  return <div ref={box} aria-hidden data-scheme={scheme} style={{ width, height }} />;
}
