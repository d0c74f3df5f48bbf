import type { LiveSource, MapFile } from "@desireline/map-core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOwnLook, useTitle } from "../../../app/look.ts";
import { speaking } from "../../../app/spoken/rooms.ts";
import { BrandContext } from "../../../ui/brand.ts";
import { inWords } from "../../../api/problem.ts";
import { Empty } from "../../../ui/Empty.tsx";
import type { FindingsProps } from "../../findings/MapFindings.tsx";
import { GreyMap } from "../GreyMap.tsx";
import { MapView } from "../MapView.tsx";
import type { FoundScene } from "../state/found_context.ts";
import type { More } from "../state/map_context.ts";
import { MapSkeleton } from "./MapSkeleton.tsx";
import { MapTools } from "./MapTools.tsx";
import { mapAtQuery, mapFileQuery, versionsQuery } from "./map_queries.ts";
import { DAY_MS, dayOf } from "./moment.ts";

const TimeBar = lazy(async () => ({ default: (await import("./TimeBar.tsx")).TimeBar }));
const ImprovementsAt = lazy(async () => ({
  default: (await import("../../improve/ImprovementsAt.tsx")).ImprovementsAt,
}));
const loadFindings = speaking(["explore", "moments", "pains"], () => import("../../findings/MapFindings.tsx"));
// A map is whole without them: what does not load is left out.
const MapFindings = lazy<ComponentType<FindingsProps>>(() =>
  loadFindings().then(
    (part) => ({ default: part.MapFindings }),
    () => ({ default: () => null }),
  ),
);
const moreOf: More = (map, touchpoint) => (
  <Suspense>
    <ImprovementsAt map={map} touchpoint={touchpoint} />
  </Suspense>
);
const route = getRouteApi("/shell/maps/$key");
/** How far one looks back at first. */
const BACK_DAYS = 30;

/** A map with its figures of this moment, which follows the log from here on; or of a day before. */
export function MapPage() {
  const { key } = route.useParams();
  const { at, persona } = route.useSearch();
  const { t } = useTranslation();
  const brand = useOwnLook();
  const { data, error } = useQuery(mapFileQuery(key, persona));
  const then = useQuery(mapAtQuery(key, at, persona));
  // The stream tells of everybody.
  const id = persona === undefined ? data?.id : undefined;
  const [found, setFound] = useState<FoundScene | null>(null);
  const live = useMemo<LiveSource | null>(
    () =>
      id === undefined || at !== undefined
        ? null
        : { stream: `/v1/maps/${encodeURIComponent(key)}/live`, after: id },
    [key, id, at],
  );
  const name = data?.file.map.name;
  useTitle(name);
  const look = useLookTo();
  const problem = error ?? (at === undefined ? null : then.error);
  if (problem !== null)
    return (
      <main>
        <Empty page title={t("maps.unopened")} text={inWords(problem)} picture={<GreyMap />}>
          <Link to="/maps">{t("maps.all")}</Link>
        </Empty>
      </main>
    );
  if (data === undefined) return <MapSkeleton />;
  const file = at === undefined ? data.file : (then.data ?? data.file);
  const first = firstOf(data.file);
  // What was found is of everybody, and of now.
  const isNow = at === undefined && persona === undefined;
  const lookBack = (): void => {
    const day = Math.max(Date.parse(first), Date.now() - BACK_DAYS * DAY_MS);
    look(at === undefined ? dayOf(day) : undefined);
  };
  return (
    <BrandContext value={brand}>
      <MapView
        key={`${key} ${persona ?? ""}`}
        file={file}
        live={live}
        more={moreOf}
        found={isNow && found?.map === key ? found : null}
        tools={<MapTools map={file.map} at={at} lookBack={lookBack} />}
        strip={
          at === undefined ? undefined : (
            <Then at={at} file={file} first={first} busy={then.isFetching} look={look} />
          )
        }
      />
      {isNow && (
        <Suspense>
          <MapFindings key={key} map={data.file.map} tell={setFound} />
        </Suspense>
      )}
    </BrandContext>
  );
}

const firstOf = (file: MapFile): string => file.figures.source.first_at ?? file.figures.as_of;

/** Goes to a day, or back to now; everything else of the view stays. */
function useLookTo(): (at: string | undefined) => void {
  const navigate = route.useNavigate();
  return (at) =>
    void navigate({
      search: ({ persona }) => ({ ...(at && { at }), ...(persona && { persona }) }),
      hash: true,
      replace: true,
    });
}

interface ThenProps {
  at: string;
  file: MapFile;
  first: string;
  busy: boolean;
  look: (at: string | undefined) => void;
}

function Then({ file, ...told }: ThenProps) {
  const { key } = route.useParams();
  const { data: versions } = useQuery(versionsQuery(key));
  return (
    <Suspense>
      <TimeBar {...told} version={file.map.version} versions={versions ?? []} />
    </Suspense>
  );
}
