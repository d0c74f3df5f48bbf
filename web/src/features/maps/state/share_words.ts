import type { Formats, Share } from "@desireline/map-core";
import type { TFunction } from "i18next";

/** What stands small beside a share: its interval, or of how many where that says nothing. */
export function besideShare(share: Share, formats: Formats, t: TFunction): string {
  const interval = formats.interval(share);
  if (interval !== "") return interval;
  const n = formats.count(share.n);
  return share.count === share.n ? t("figure.all", { n }) : t("figure.of", { n });
}
