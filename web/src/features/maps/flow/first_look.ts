import { useReactFlow, useStore } from "@xyflow/react";
import { useEffect } from "react";
import { type Drawn, type GraphNode, NODE } from "./drawn.ts";

const LEAST = 0.5; // smaller, and names can no longer be read
const UPRIGHT = 0.9; // on a narrow screen
const EDGE = 24;

/** The first look: all of the graph if that is readable, else its beginning. */
export function useFirstLook(area: Drawn["area"], nodes: GraphNode[], upright: boolean): void {
  const { setViewport } = useReactFlow();
  const width = useStore((s) => s.width);
  const height = useStore((s) => s.height);
  useEffect(() => {
    if (width === 0 || nodes.length === 0) return;
    const across = (width - 2 * EDGE) / area.width;
    const down = (height - 2 * EDGE) / area.height;
    const fit = Math.min(across, down);
    const zoom = Math.min(1, fit >= LEAST ? fit : upright ? UPRIGHT : Math.max(LEAST, across));
    const middle = (room: number, from: number, size: number): number =>
      room / 2 - (from + size / 2) * zoom;
    const seen = nodes.filter((n) => (n.y - area.y) * zoom < height).map((n) => n.x);
    const fits = (Math.max(...seen) + NODE.width - Math.min(...seen)) * zoom < width;
    const top = nodes.toSorted((a, b) => a.y - b.y)[0]!;
    const [left, right] = fits ? [Math.min(...seen), Math.max(...seen)] : [top.x, top.x];
    const x =
      across >= zoom
        ? middle(width, area.x, area.width)
        : upright
          ? middle(width, left, right + NODE.width - left)
          : EDGE - area.x * zoom;
    const y = down >= zoom ? middle(height, area.y, area.height) : EDGE - area.y * zoom;
    void setViewport({ x, y, zoom });
    // The first look only: what a person moved afterwards stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [width > 0, upright]);
}
