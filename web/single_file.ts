import type { Plugin } from "vite";

/** What the Python side looks for to put a map file into the page. */
export const DATA_MARKER = '<script id="desireline-data" type="application/json"></script>';

const text = (source: string | Uint8Array): string =>
  typeof source === "string" ? source : new TextDecoder().decode(source);

/** `</script` inside a string of the bundle would end the script element. */
const safe = (code: string): string => code.replaceAll("</script", "<\\/script");

/**
 * One html file with script and styles inside, so that it opens from disk and asks the network
 * for nothing. It refuses to write a page in which the data marker is not exactly once.
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
      for (const [file, part] of Object.entries(bundle)) {
        if (part.type === "chunk") {
          const tag = new RegExp(`<script type="module"[^>]*${file}"[^>]*></script>`);
          html = html.replace(tag, () => `<script type="module">${safe(part.code)}</script>`);
          delete bundle[file];
        } else if (file.endsWith(".css")) {
          const tag = new RegExp(`<link rel="stylesheet"[^>]*${file}"[^>]*>`);
          html = html.replace(tag, () => `<style>${text(part.source)}</style>`);
          delete bundle[file];
        }
      }
      if (html.split(DATA_MARKER).length !== 2) {
        throw new Error(`the page must hold ${DATA_MARKER} exactly once`);
      }
      page.source = html;
      page.fileName = name;
    },
  };
}
