import type { LiveSource, MapFile } from "@desireline/map-core";

const inside = (id: string): string => document.getElementById(id)?.textContent?.trim() ?? "";

/** Where the page hears of news; null on a page from disk, also one that was saved from a server. */
export function readLive(): LiveSource | null {
  const text = inside("desireline-live");
  return text === "" || window.location.protocol === "file:" ? null : (JSON.parse(text) as LiveSource);
}

/** The map file inside the page; null when the page holds none. Throws what is wrong with it. */
export function readData(): MapFile | null {
  const text = inside("desireline-data");
  if (text === "") return null;
  const file = JSON.parse(text) as MapFile;
  if (file.format !== "desireline.map-file/1") {
    throw new Error(`this page reads desireline.map-file/1, not ${String(file.format)}`);
  }
  return file;
}
