import "./app_styles.ts";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { queries } from "../api/queries.ts";
import { beginToSpeak } from "./language.ts";
import { router } from "./router.ts";
import { resolver, theme } from "./theme.ts";

await beginToSpeak();
createRoot(document.getElementById("root")!).render(
  <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <Notifications position="bottom-center" limit={3} autoClose={6000} />
    </QueryClientProvider>
  </MantineProvider>,
);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  void navigator.serviceWorker.register("/app/worker.js", { scope: "/" });
}
