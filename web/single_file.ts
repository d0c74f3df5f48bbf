import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** What the Python side looks for, to put a map file into the page. */
export const MARKER = '<script id="desireline-data" type="application/json"></script>';
/** Takes the hashes of the scripts: no other script runs in the page. */
const POLICY = "script-src 'none'";

const text = (source: string | Uint8Array): string =>
  typeof source === "string" ? source : new TextDecoder().decode(source);

/** What vite fills in after us with the parts to load early; in one file there are none. */
const alone = (code: string): string => code.replaceAll("__VITE_PRELOAD__", "void 0");

/** `</script` inside a string of the bundle would end the script element. */
const safe = (code: string): string => code.replaceAll("</script", "<\\/script");

/**
 * One html file with script and styles inside, so that it opens from disk and asks the network
 * for nothing. It refuses to write a page in which a marker is not exactly once.
 */
export function singleFile(name: string): Plugin {
  return {
    name: "desireline-single-file",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const page = bundle["index.html"];
      if (page?.type !== "asset") throw new Error("the build made no index.html");
      let html = text(page.source);
      const hashes: string[] = [];
      for (const [file, part] of Object.entries(bundle)) {
        if (part.type === "chunk") {
          const tag = new RegExp(`<script type="module"[^>]*${file}"[^>]*></script>`);
          const code = safe(alone(part.code));
          hashes.push(`'sha256-${createHash("sha256").update(code).digest("base64")}'`);
          html = html.replace(tag, () => `<script type="module">${code}</script>`);
          delete bundle[file];
        } else if (file.endsWith(".css")) {
          const tag = new RegExp(`<link rel="stylesheet"[^>]*${file}"[^>]*>`);
          html = html.replace(tag, () => `<style>${text(part.source)}</style>`);
          delete bundle[file];
        }
      }
      for (const marker of [MARKER, POLICY]) {
        if (html.split(marker).length !== 2) {
          throw new Error(`the page must hold ${marker} exactly once`);
        }
      }
      html = html.replace(POLICY, () => `script-src ${hashes.join(" ")}`);
      page.source = html;
      page.fileName = name;
    },
  };
}
