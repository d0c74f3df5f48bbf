import "./styles.ts";
import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import i18n from "i18next";
import { EmptyMap } from "../features/maps/EmptyMap.tsx";
import { MapView } from "../features/maps/MapView.tsx";
import { startCatalogue } from "./i18n.ts";
import { readData } from "./read_data.ts";
import { resolver, theme } from "./theme.ts";

/** The single-file page: one map file from the page itself, drawn by the same `MapView` as anywhere. */
function page(): ReactNode {
  try {
    const file = readData();
    if (file === null) return <EmptyMap />;
    document.title = `${file.map.name} – Desireline`;
    return <MapView file={file} />;
  } catch (error) {
    return <EmptyMap problem={error instanceof Error ? error.message : String(error)} />;
  }
}

await startCatalogue(navigator.language.split("-")[0] ?? "en");
document.documentElement.lang = i18n.language;
createRoot(document.getElementById("root")!).render(
  <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
    {page()}
  </MantineProvider>,
);
