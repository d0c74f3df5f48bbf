import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The browser tracker: one classic script for pages of others, so it runs in older browsers too. */
export default defineConfig({
  publicDir: false,
  build: {
    target: "es2020",
    outDir: "dist",
    emptyOutDir: false,
    lib: {
      entry: fileURLToPath(new URL("./packages/tracker/src/index.ts", import.meta.url)),
      formats: ["iife"],
      name: "desirelineTracker",
      fileName: () => "t.js",
    },
  },
});
