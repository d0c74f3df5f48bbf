import { ActionIcon } from "@mantine/core";
import { IconMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";

/** Zoom buttons. */
export function ZoomTools() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const { t } = useTranslation();
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
    <ActionIcon.Group>
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
  );
}
