import type { Formats } from "@desireline/map-core";
import { pictureOf } from "../../../ui/picture_of.ts";

const MARGIN = 28;
const WIDEST = 2_400;
const LEFT_OUT = "[data-no-picture], script";

/**
 * What an element shows, as a PNG with a title above it, and below where it is from and the moment.
 * Throws an Error where the browser cannot draw it.
 */
export async function picture(node: HTMLElement, title: string, from: string, formats: Formats): Promise<Blob> {
  const foot = `${from} · ${formats.moment(new Date().toISOString())}`;
  const frame = framed(node, title, foot);
  document.body.append(frame);
  try {
    return await pictureOf(frame);
  } finally {
    frame.remove();
  }
}

/** A copy of the element between a title and a line, beside the screen. */
function framed(node: HTMLElement, title: string, foot: string): HTMLElement {
  const widest = Math.max(node.offsetWidth, ...[...node.querySelectorAll("*")].map((one) => one.scrollWidth));
  const copy = node.cloneNode(true) as HTMLElement;
  for (const one of copy.querySelectorAll(LEFT_OUT)) one.remove();
  const frame = document.createElement("div");
  frame.setAttribute(
    "style",
    `position:fixed;top:0;left:-99999px;box-sizing:border-box;width:${Math.min(widest, WIDEST) + 2 * MARGIN}px;` +
      `padding:${MARGIN}px;background:var(--dl-surface);color:var(--dl-ink);font:14px/1.45 "Inter Variable"`,
  );
  copy.style.border = "0";
  copy.style.padding = "0";
  frame.append(
    line(title, "margin:0 0 12px;font-size:20px;font-weight:600"),
    copy,
    line(foot, "margin:16px 0 0;font-size:12px;color:var(--dl-ink-soft)"),
  );
  return frame;
}

function line(text: string, style: string): HTMLElement {
  const made = document.createElement("p");
  made.setAttribute("style", style);
  made.textContent = text;
  return made;
}

/** Gives a file to the reader. */
export function handOver(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name.replaceAll(/[\\/:*?"<>|]+/g, " ").trim();
  link.click();
  URL.revokeObjectURL(link.href);
}
