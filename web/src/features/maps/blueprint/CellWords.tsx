import type { Cell, Lane } from "@desireline/map-core";
import {
  IconBuilding,
  IconHeartHandshake,
  IconMoodEmpty,
  IconMoodHappy,
  IconMoodSad,
  IconServer,
  IconUser,
  IconUsersGroup,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EvidenceMark } from "../marks/EvidenceMark.tsx";
import { useMap } from "../state/map_context.ts";
import styles from "./blueprint.module.css";

const ACTORS: Record<string, TablerIcon> = {
  person: IconUser,
  employee: IconUser,
  department: IconUsersGroup,
  system: IconServer,
  partner: IconHeartHandshake,
  public_office: IconBuilding,
};

/** What a cell of the blueprint says: who acts, how it feels, and the words with their evidence. */
export function CellWords({ lane, cell }: { lane: Lane; cell: Cell }) {
  const { file, formats } = useMap();
  const { t } = useTranslation();
  const actor = file.map.actors.find((one) => one.key === cell.actor);
  const Icon = ACTORS[actor?.kind ?? ""] ?? IconUser;
  const feels = lane.kind.endsWith("emotion") && cell.value !== undefined;
  const value = cell.value ?? 0;
  const Face = value > 0 ? IconMoodHappy : value < 0 ? IconMoodSad : IconMoodEmpty;
  const said = [cell.text, cell.channels?.join(", ")].filter(Boolean).join(" · ");
  return (
    <>
      <EvidenceMark evidence={cell.evidence} n={cell.n ?? null} />
      <span className={styles.words}>
        {cell.actor !== undefined && cell.actor !== "" && (
          <span className={styles.actor}>
            <Icon size={13} stroke={1.8} aria-hidden /> {actor?.name ?? cell.actor}
          </span>
        )}
        {feels && (
          <span className={`${styles.feels} num`} aria-label={t("blueprint.feels", { value: formats.signed(value) })}>
            <Face size={16} stroke={1.6} aria-hidden /> {formats.signed(value)}
          </span>
        )}
        {cell.image !== undefined && cell.image !== "" && said === "" && (
          <span>{t("blueprint.picture")}</span>
        )}
        {said !== "" && <span>{said}</span>}
      </span>
    </>
  );
}
