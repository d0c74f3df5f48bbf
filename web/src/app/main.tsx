import "./styles.ts";
import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import i18n from "i18next";
import { EmptyMap } from "../features/maps/EmptyMap.tsx";
import { MapView } from "../features/maps/MapView.tsx";
import { Welcome } from "../features/maps/welcome/Welcome.tsx";
import { SourcesPage } from "../features/sources/SourcesPage.tsx";
import { startCatalogue } from "./i18n.ts";
import { readData, readLive } from "./read_data.ts";
import { resolver, theme } from "./theme.ts";

/**
 * The single-file page: one map file from the page itself, drawn by the same `MapView` as anywhere.
 * A server says beside it where news come from.
 */
function page(): ReactNode {
  try {
    const file = readData();
    const live = readLive();
    if (live?.page === "sources") {
      document.title = "Sources – Desireline";
      return <SourcesPage address={live.welcome ?? window.location.origin} />;
    }
    if (file === null && live?.welcome) return <Welcome live={live} address={live.welcome} />;
    if (file === null) return <EmptyMap />;
    document.title = `${file.map.name} – Desireline`;
    return <MapView file={file} live={live} />;
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
