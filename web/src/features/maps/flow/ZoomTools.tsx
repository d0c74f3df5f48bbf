import { ActionIcon } from "@mantine/core";
import { Panel, useReactFlow, useStore } from "@xyflow/react";
import { IconMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { type GraphNode, NODE } from "./lay_graph.ts";

const READABLE = 0.9; // smaller, and names can no longer be read

/** Zoom buttons, and the first look: all of it if that is readable, else its beginning. */
export function ZoomTools({ upright, nodes }: { upright: boolean; nodes: GraphNode[] }) {
  const { zoomIn, zoomOut, fitView, setViewport } = useReactFlow();
  const { t } = useTranslation();
  const width = useStore((s) => s.width);
  const height = useStore((s) => s.height);
  useEffect(() => {
    if (width === 0 || nodes.length === 0) return;
    const right = Math.max(...nodes.map((n) => n.x + NODE.width));
    const low = Math.max(...nodes.map((n) => n.y + NODE.height));
    const fit = Math.min((width - 48) / right, (height - 48) / low);
    const zoom = Math.min(1, Math.max(READABLE, fit));
    const whole = fit >= READABLE;
    const seen = nodes.filter(
      (n) => whole || (upright ? n.y * zoom < height : n.x * zoom < width - 80),
    );
    const middle = (side: "x" | "y", size: number): number =>
      (Math.min(...seen.map((n) => n[side])) + Math.max(...seen.map((n) => n[side])) + size) / 2;
    const x = upright || whole ? width / 2 - middle("x", NODE.width) * zoom : 24;
    const y = upright && !whole ? 24 : height / 2 - middle("y", NODE.height) * zoom;
    void setViewport({ x, y, zoom });
    // The first look only: what a person moved afterwards stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [width > 0, upright]);
  const tools = [
    {
      name: "flow.zoom_in",
      icon: <IconPlus size={16} />,
      act: () => void zoomIn({ duration: 120 }),
    },
    {
      name: "flow.zoom_out",
      icon: <IconMinus size={16} />,
      act: () => void zoomOut({ duration: 120 }),
    },
    {
      name: "flow.zoom_fit",
      icon: <IconMaximize size={16} />,
      act: () => void fitView({ duration: 120, padding: 0.05 }),
    },
  ];
  return (
    <Panel position="bottom-left">
      <ActionIcon.Group orientation="vertical">
        {tools.map((tool) => (
          <ActionIcon
            key={tool.name}
            variant="default"
            aria-label={t(tool.name)}
            data-tip={t(tool.name)}
            onClick={tool.act}
          >
            {tool.icon}
          </ActionIcon>
        ))}
      </ActionIcon.Group>
    </Panel>
  );
}
