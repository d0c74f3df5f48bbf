import type { MapFile } from "@desireline/map-core";
import type { Brand } from "../ui/brand.ts";

/** Whose page it is: name and logo that the workspace gave along. */
export function readBrand(): Brand {
  const text = document.getElementById("desireline-brand")?.textContent ?? "";
  return text === "" ? { name: "", logo: null } : (JSON.parse(text) as Brand);
}

/** The map file inside the page; null when the page holds none. Throws what is wrong with it. */
export function readData(): MapFile | null {
  const text = document.getElementById("desireline-data")?.textContent?.trim() ?? "";
  if (text === "") return null;
  const file = JSON.parse(text) as MapFile;
  if (file.format !== "desireline.map-file/1") {
    throw new Error(`this page reads desireline.map-file/1, not ${String(file.format)}`);
  }
  return file;
}
