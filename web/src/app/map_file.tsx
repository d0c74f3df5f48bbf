import "./styles.ts";
import { MantineProvider } from "@mantine/core";
import i18n from "i18next";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { BrandContext } from "../ui/brand.ts";
import { BrandMark } from "../ui/BrandMark.tsx";
import { EmptyMap } from "../features/maps/EmptyMap.tsx";
import { MapView } from "../features/maps/MapView.tsx";
import { languageOf, startWords } from "./i18n.ts";
import { Palette } from "./palette/Palette.tsx";
import { PaletteButton } from "./palette/PaletteButton.tsx";
import { readBrand, readData } from "./read_data.ts";
import { SchemeSwitch } from "./SchemeSwitch.tsx";
import { resolver, theme } from "./theme.ts";
import { Tip } from "./Tip.tsx";

const words = import.meta.glob<object>(
  ["./words/*.json", "../features/maps/words/*.json"],
  { eager: true, import: "default" },
);

/** The single-file page: one map file from the page itself, drawn by the same `MapView` as anywhere. */
function page(): ReactNode {
  try {
    const file = readData();
    if (file === null) return <EmptyMap />;
    const brand = readBrand();
    document.title = `${file.map.name} – ${brand.name || "Desireline"}`;
    const tools = (
      <>
        <BrandMark />
        <PaletteButton />
        <SchemeSwitch />
      </>
    );
    return (
      <BrandContext value={brand}>
        <MapView file={file} tools={tools} />
      </BrandContext>
    );
  } catch (error) {
    return <EmptyMap problem={error instanceof Error ? error.message : String(error)} />;
  }
}

const language = languageOf(navigator.languages);
const own = Object.entries(words).filter(([path]) => path.endsWith(`/${language}.json`));
await startWords(language, Object.assign({}, ...own.map(([, part]) => part)) as object);
document.documentElement.lang = i18n.language;
createRoot(document.getElementById("root")!).render(
  <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
    {page()}
    <Palette />
    <Tip />
  </MantineProvider>,
);
