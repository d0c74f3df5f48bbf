import { Outlet } from "@tanstack/react-router";
import { Palette } from "../palette/Palette.tsx";
import { Tip } from "../Tip.tsx";

/** What stands on every page: the page, the palette, one floating word. */
export function Root() {
  return (
    <>
      <Outlet />
      <Palette />
      <Tip />
    </>
  );
}
