import type { JourneyMap } from "@desireline/map-core";
import { VisuallyHidden } from "@mantine/core";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../app/formats.ts";
import { conformanceQuery } from "../conformance/queries.ts";
import { endingsQuery } from "../endings/queries.ts";
import { byTouchpoint, type Finding } from "../maps/found/finding.ts";
import { FoundChips } from "../maps/found/FoundChips.tsx";
import { FoundLane } from "../maps/found/FoundLane.tsx";
import { FoundPart } from "../maps/found/FoundPart.tsx";
import type { FoundScene } from "../maps/state/found_context.ts";
import { momentsQuery } from "../moments/queries.ts";
import { painsQuery } from "../pains/queries.ts";
import { ofEndings, ofLines, ofMoments, ofPains } from "./told.ts";

export interface FindingsProps {
  map: JourneyMap;
  /** Called when all that was asked has been answered, unless nothing was found. */
  tell: (found: FoundScene) => void;
}

/** An answer may be as old as the visit to the map: nothing jumps while one reads. */
const ONCE = { retry: false, refetchOnWindowFocus: false, staleTime: 300_000 } as const;

const isSettled = ({ isSuccess, isError }: UseQueryResult): boolean => isSuccess || isError;

/**
 * Asks what was found of a map, one question after the other behind the figures, and tells it once;
 * what cannot be answered leaves out its part. Of itself it shows nothing.
 */
export function MapFindings({ map, tell }: FindingsProps) {
  const { t } = useTranslation();
  const asked = useAsked(map);
  const findings = useTold(map, asked);
  useEffect(() => {
    if (findings !== null && findings.size > 0)
      tell({ map: map.key, findings, Lane: FoundLane, Chips: FoundChips, Part: FoundPart });
  }, [map.key, findings, tell]);
  const n = findings === null ? 0 : [...findings.values()].flat().length;
  return (
    <VisuallyHidden role="status" data-findings={findings === null ? "asked" : n}>
      {n > 0 && t("findings.are_there", { count: n })}
    </VisuallyHidden>
  );
}

function useAsked(map: JourneyMap) {
  const pains = useQuery({ ...painsQuery(map.key), ...ONCE });
  const lines = useQuery({ ...conformanceQuery(map.key), ...ONCE, enabled: isSettled(pains) });
  const endings = useQuery({ ...endingsQuery(map.key), ...ONCE, enabled: isSettled(lines) });
  const moments = useQuery({ ...momentsQuery(map, map.key, {}), ...ONCE, enabled: isSettled(endings) });
  return { pains, lines, endings, moments };
}

/** By touchpoint, the gravest first; null until the last question is answered. */
function useTold(map: JourneyMap, { pains, lines, endings, moments }: ReturnType<typeof useAsked>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const over = isSettled(moments);
  return useMemo(() => {
    if (!over) return null;
    const voice = { t, formats };
    const all: Finding[] = [
      ...(moments.data === undefined ? [] : ofMoments(voice, moments.data.found.result)),
      ...(pains.data === undefined ? [] : ofPains(voice, pains.data.result)),
      ...(endings.data === undefined ? [] : ofEndings(voice, endings.data.result)),
      ...(lines.data === undefined ? [] : ofLines(voice, lines.data.result)),
    ];
    const points = map.stages.flatMap((stage) => stage.touchpoints.map((point) => point.key));
    return byTouchpoint(all, new Set(points));
  }, [over, t, formats, map, pains.data, lines.data, endings.data, moments.data]);
}
