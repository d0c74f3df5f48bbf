import { ActionIcon, Menu, Skeleton } from "@mantine/core";
import type { Share } from "@desireline/map-core";
import { IconArchive, IconCopy, IconDots, IconHistory, IconPencil } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { agoNow, useFormats } from "../../../app/formats.ts";
import { useMay } from "../../session/queries.ts";
import { OwnerMenu } from "../owner/OwnerMenu.tsx";
import { Glance } from "./Glance.tsx";
import type { Headline, MapState } from "./map_queries.ts";
import styles from "./portfolio.module.css";
import { useDuplicate, usePutAway } from "./use_shelf.ts";

interface Props {
  map: MapState;
  depth: number;
  /** Name of the map above, where that is not in the list. */
  parent: string | null;
  /** Undefined as long as the figures are not known. */
  headline: Headline | null | undefined;
}

/** One map of the list: a picture, what it is, its figures, its state, and what one can do. */
export function MapRow({ map, depth, parent, headline }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const size = t("maps.size", {
    stages: t("maps.stages", { n: formats.count(map.stages), count: map.stages }),
    touchpoints: t("maps.touchpoints", {
      n: formats.count(map.touchpoints),
      count: map.touchpoints,
    }),
  });
  const to = map.version === null ? "/maps/$key/edit" : "/maps/$key";
  return (
    <li className={styles.map} style={{ paddingLeft: 16 + depth * 24 }} data-map={map.key}>
      {depth > 0 && <span className={styles.below} aria-hidden style={{ left: depth * 24 - 8 }} />}
      <Glance shape={map.shape} reach={headline?.reach ?? null} />
      <div className={styles.what}>
        <Link to={to} params={{ key: map.key }} className={styles.name ?? ""}>
          {map.name}
        </Link>
        <span className={styles.kind}>{t(`kind.${map.kind}`)}</span>
        <p>{map.goal === "" ? size : map.goal}</p>
        {map.goal !== "" && <p className="num">{size}</p>}
        {parent !== null && <p>{t("maps.part_of", { name: parent })}</p>}
      </div>
      <Figures map={map} headline={headline} />
      <div className={`${styles.state} num`}>
        <span>{map.version === null ? t("maps.draft") : t("bar.version", { version: map.version })}</span>
        {map.version !== null && map.has_draft && (
          <Link to="/maps/$key/edit" params={{ key: map.key }}>
            {t("maps.drafted")}
          </Link>
        )}
        <OwnerMenu mapKey={map.key} named />
        <time dateTime={map.drafted_at} data-tip={formats.moment(map.drafted_at)}>
          {map.drafted_by === ""
            ? agoNow(formats, map.drafted_at)
            : t("maps.by", { who: map.drafted_by, when: agoNow(formats, map.drafted_at) })}
        </time>
      </div>
      <Actions map={map} />
    </li>
  );
}

function Figures({ map, headline }: Pick<Props, "map" | "headline">) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (map.version === null) return <p className={styles.figures}>{t("maps.no_figures")}</p>;
  if (headline === undefined)
    return (
      <div className={styles.figures}>
        <Skeleton height={14} width={96} mb={6} />
        <Skeleton height={12} width={132} />
      </div>
    );
  if (headline === null) return <p className={styles.figures} />;
  const outcome = headline.outcome as unknown as Share;
  return (
    <div className={`${styles.figures} num`}>
      <b>{t("maps.persons", { n: formats.count(headline.persons), count: headline.persons })}</b>
      {outcome.share !== null && headline.journeys > 0 && (
        <p>
          {t("maps.outcome", {
            share: formats.share(outcome.share),
            interval: formats.interval(outcome),
            n: formats.count(outcome.n),
          }).replace("(, ", "(")}
        </p>
      )}
    </div>
  );
}

function Actions({ map }: { map: MapState }) {
  const { t } = useTranslation();
  const mayEdit = useMay("edit_maps");
  const mayPublish = useMay("publish");
  const duplicate = useDuplicate();
  const putAway = usePutAway();
  const params = { key: map.key };
  return (
    <Menu position="bottom-end" width={220} shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="var(--dl-ink-soft)"
          className={styles.dots ?? ""}
          aria-label={t("maps.actions", { name: map.name })}
        >
          <IconDots size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayEdit && (
          <Menu.Item
            leftSection={<IconPencil size={16} stroke={1.6} aria-hidden />}
            renderRoot={(props) => <Link to="/maps/$key/edit" params={params} {...props} />}
          >
            {t("maps.edit")}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconHistory size={16} stroke={1.6} aria-hidden />}
          renderRoot={(props) => <Link to="/maps/$key/versions" params={params} {...props} />}
        >
          {t("maps.versions")}
        </Menu.Item>
        {mayEdit && (
          <Menu.Item
            leftSection={<IconCopy size={16} stroke={1.6} aria-hidden />}
            onClick={() => duplicate.mutate(map)}
          >
            {t("maps.duplicate")}
          </Menu.Item>
        )}
        {mayEdit && (mayPublish || map.version === null) && (
          <Menu.Item
            leftSection={<IconArchive size={16} stroke={1.6} aria-hidden />}
            onClick={() => putAway.mutate(map)}
          >
            {t("maps.archive")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
