import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The application: a page that is never cached, and parts whose names change with their content. */
export default defineConfig({
  plugins: [react()],
  base: "/app/",
  publicDir: "public_app",
  resolve: { alias: { "@desireline/map-core": here("./packages/map-core/src/index.ts") } },
  build: {
    target: "es2024",
    outDir: "dist-app",
    emptyOutDir: true,
    manifest: "parts.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rollupOptions: {
      input: here("./app.html"),
      output: {
        codeSplitting: {
          groups: [
            // What every page needs is one part. As fifty it cost a server half a second to send.
            { name: "shell", tags: ["$initial"], priority: 2 },
            // What most pages share is one more, and of the rest what is used together: each piece
            // for itself would be a request, and all of them in one twice as much as a page needs.
            { name: "pieces", minShareCount: 12, priority: 1 },
            { name: "parts", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 2_500 },
          ],
        },
      },
    },
  },
});
