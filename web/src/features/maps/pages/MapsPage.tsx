import { Button, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../../ui/Page.tsx";
import { ProblemNote } from "../../../ui/ProblemNote.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { useMay } from "../../session/queries.ts";
import { FirstMap } from "../first/FirstMap.tsx";
import { AwayList } from "./AwayList.tsx";
import { MapRow } from "./MapRow.tsx";
import { awayQuery, headlinesQuery, type MapState, mapsQuery } from "./map_queries.ts";
import styles from "./portfolio.module.css";
import { KINDS, matching, NOBODY, ownersOf, treeOf, type Wanted } from "./portfolio.ts";

const route = getRouteApi("/shell/maps");
const ROW = 84;

/** All maps of the workspace: what each is, how it goes, and what one can do with it. */
export function MapsPage() {
  const { t } = useTranslation();
  const { data: maps, error } = useQuery(mapsQuery);
  const { data: away } = useQuery(awayQuery);
  const may = useMay("edit_maps");
  const { away: showsAway = false } = route.useSearch();
  if (maps?.length === 0 && away?.length === 0) return <FirstMap />;
  return (
    <Page
      title={t("maps.title")}
      lead={t("maps.lead")}
      actions={
        may && (
          <Button
            leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
            renderRoot={(props) => <Link to="/maps/new" {...props} />}
          >
            {t("maps.new")}
          </Button>
        )
      }
    >
      <ProblemNote error={error} />
      <Finder maps={maps ?? []} />
      {maps === undefined && error === null && <Rows height={ROW} />}
      {showsAway ? <AwayList /> : maps !== undefined && <Found maps={maps} />}
      {away !== undefined && away.length > 0 && (
        <Link
          to="/maps"
          search={(before) => ({ ...before, away: showsAway ? undefined : true })}
          className={`${styles.away} num`}
        >
          {showsAway ? t("maps.in_use") : t("maps.away", { n: away.length, count: away.length })}
        </Link>
      )}
    </Page>
  );
}

function Finder({ maps }: { maps: MapState[] }) {
  const { t } = useTranslation();
  const wanted: Wanted = route.useSearch();
  const navigate = route.useNavigate();
  const box = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => box.current?.focus()]]);
  const look = (part: Wanted): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <div className={styles.finder} role="search">
      <TextInput
        ref={box}
        size="sm"
        aria-label={t("maps.find")}
        placeholder={t("maps.find")}
        value={wanted.q ?? ""}
        leftSection={<IconSearch size={15} aria-hidden />}
        onChange={(event) => look({ q: event.currentTarget.value || undefined })}
        onKeyDown={(event) => {
          if (event.key === "Escape") look({ q: undefined });
        }}
      />
      <SegmentedControl
        size="xs"
        aria-label={t("maps.kinds")}
        value={wanted.kind ?? ""}
        onChange={(kind) => look({ kind: KINDS.find((one) => one === kind) })}
        data={[
          { value: "", label: t("maps.every_kind") },
          ...KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        ]}
      />
      <Owners maps={maps} owner={wanted.owner} onChange={(owner) => look({ owner })} />
    </div>
  );
}

interface OwnersProps {
  maps: MapState[];
  owner: number | undefined;
  onChange: (owner: number | undefined) => void;
}

/** Whose maps are shown; nothing where nobody owns one. */
function Owners({ maps, owner, onChange }: OwnersProps) {
  const { t } = useTranslation();
  const owners = ownersOf(maps);
  if (owners.length === 0) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label={t("maps.owner")}
      value={owner ?? ""}
      data={[
        { value: "", label: t("maps.every_owner") },
        ...owners.map(({ id, name }) => ({ value: String(id), label: name })),
        { value: String(NOBODY), label: t("maps.unowned") },
      ]}
      onChange={(event) => {
        const picked = event.currentTarget.value;
        onChange(picked === "" ? undefined : Number(picked));
      }}
    />
  );
}

function Found({ maps }: { maps: MapState[] }) {
  const { t } = useTranslation();
  const wanted: Wanted = route.useSearch();
  const { data: headlines, isPending } = useQuery(headlinesQuery);
  const rows = useMemo(() => treeOf(matching(maps, wanted)), [maps, wanted]);
  const names = useMemo(() => new Map(maps.map((map) => [map.key, map.name])), [maps]);
  return (
    <>
      <p role="status" className={styles.none}>
        {rows.length === 0 ? t("maps.none_found") : ""}
      </p>
      {rows.length > 0 && (
        <ul className={styles.maps}>
          {rows.map(({ map, depth }) => (
            <MapRow
              key={map.key}
              map={map}
              depth={depth}
              parent={depth === 0 && map.parent !== null ? (names.get(map.parent) ?? null) : null}
              headline={isPending ? undefined : (headlines?.get(map.key) ?? null)}
            />
          ))}
        </ul>
      )}
    </>
  );
}
