import type { MapFile } from "@desireline/map-core";

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
