import { useTranslation } from "react-i18next";
import { useNames } from "../draft/names.ts";
import { selectedAt, standing } from "../draft/selection.ts";
import { useDraft } from "../draft/use_draft.ts";
import styles from "./bar.module.css";
import { initials, tintOf } from "../../../ui/person_look.ts";

/** Who else has the draft open, and at what. */
export function Others() {
  const { t } = useTranslation();
  const { map, others } = useDraft();
  const names = useNames();
  if (others.length === 0) return null;
  return (
    <ul className={styles.others} aria-label={t("draft.others")}>
      {others.map(({ session, by, place }) => {
        const at = standing(map, selectedAt(place));
        const words =
          at.kind === "map"
            ? t("draft.here", { name: by })
            : t("draft.here_at", { name: by, place: names(map, at) });
        return (
          <li key={session} data-tip={words} style={{ background: tintOf(by) }}>
            <span aria-hidden>{initials(by)}</span>
            <span className={styles.spoken}>{words}</span>
          </li>
        );
      })}
    </ul>
  );
}
