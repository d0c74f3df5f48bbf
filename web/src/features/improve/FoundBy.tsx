import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { placeOf } from "../findings/rows.ts";
import { useBoard } from "./context.ts";
import type { Opportunity } from "./queries.ts";

/** What found a weak point, and the way to where it stands; what was noted by hand stands nowhere. */
export function FoundBy({ one }: { one: Opportunity }) {
  const { t } = useTranslation();
  const { map } = useBoard();
  const place = placeOf(one);
  const finder = t(`improve.found_${one.found_by}`);
  if (place === null) return finder;
  return (
    <Link to={place.to} params={{ key: map.key }} hash={place.hash}>
      {finder}
    </Link>
  );
}
